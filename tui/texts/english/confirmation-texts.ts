export const confirmationTexts = {
  ask: (expected: string): string => `Type ${expected} to confirm: `,
  missing: (expected: string): string => `type what confirms it: --confirm '${expected}'`,
} as const;
