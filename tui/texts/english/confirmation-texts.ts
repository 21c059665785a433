export const confirmationTexts = {
  ask: (expected: string): string => `Type ${expected} to confirm: `,
  missing: (expected: string): string => `type the name that confirms it: --confirm '${expected}'`,
} as const;
