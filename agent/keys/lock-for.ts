import type { Lock } from '../archive/age/lock.ts';
import { identityPath, readIdentity, unusable } from './identity.ts';
import { recipientOf } from './secret-key.ts';
import type { EncryptionSettings } from './settings.ts';
import { keyStanding } from './standing.ts';

/** What a new archive is locked with. */
export interface NewLock {
  readonly lock: Lock;
  /** No key that stays here opens it: it is to be verified while the one of its making is at hand. */
  readonly verifyAtOnce: boolean;
}

/**
 * Undefined: it is not to be locked. Fails with key-unproven or key-unusable: what was to be encrypted is never
 * written in the clear.
 */
export async function lockFor(
  settings: EncryptionSettings | undefined,
  stateFolder: string,
  passphrase: string | undefined,
): Promise<NewLock | undefined> {
  if (passphrase !== undefined) {
    return { lock: { kind: 'passphrase', passphrase }, verifyAtOnce: true };
  }
  if (settings === undefined) return undefined;
  const { problem } = await keyStanding(settings, stateFolder);
  if (problem !== undefined) throw problem;
  const { recoveryKey, writeOnly = false } = settings;
  const own = writeOnly ? [] : [await ownRecipient(stateFolder)];
  return {
    lock: { kind: 'recipients', recipients: [recoveryKey, ...own] },
    verifyAtOnce: writeOnly,
  };
}

/** By the secret, not by what the file says beside it. */
async function ownRecipient(stateFolder: string): Promise<string> {
  const path = identityPath(stateFolder);
  const identity = await readIdentity(stateFolder);
  if (identity === undefined) throw unusable(path, 'it is gone');
  const recipient = await recipientOf(identity.secret).catch(() => undefined);
  if (recipient !== identity.recipient) throw unusable(path, 'its two halves do not fit');
  return recipient;
}
