import type { Words } from '../language.ts';

export const confirmationTexts: Words['confirmation'] = {
  ask: (expected) => `برای تأیید ${expected} را وارد کنید: `,
  missing: (expected) => `آنچه تأیید می‌کند را بدهید: --confirm '${expected}'`,
};
