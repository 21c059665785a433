import type { Keys } from '../../os/work.ts';

/** What an archive is locked with. Recipients: `age1...`; any one of their secret keys opens it. */
export type Lock =
  | { readonly kind: 'recipients'; readonly recipients: readonly string[] }
  | { readonly kind: 'passphrase'; readonly passphrase: string };

export const noKeys: Keys = { identities: [] };

/** How an archive is locked, as can be seen without a key. */
export type Encryption = 'keys' | 'passphrase';
