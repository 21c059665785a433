import type { Words } from '../language.ts';

export const confirmationTexts: Words['confirmation'] = {
  ask: (expected) => `Zur Bestätigung ${expected} eingeben: `,
  missing: (expected) => `zur Bestätigung angeben: --confirm '${expected}'`,
};
