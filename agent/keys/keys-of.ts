import type { Secrets } from '../../protocol/domain/secrets.ts';
import type { Keys } from '../os/work.ts';
import { readIdentity } from './identity.ts';
import { parseSecretKey } from './secret-key.ts';

/** All that may open archives here: the key of this installation, and what somebody gave for this once. */
export async function keysOf(stateFolder: string, given: Secrets = {}): Promise<Keys> {
  const { passphrase, recoveryKey } = given;
  // One that can't be used is a problem of its own; what needs no key must not fail with it.
  const own = await readIdentity(stateFolder).catch(() => undefined);
  const identities = [
    ...(recoveryKey === undefined ? [] : [parseSecretKey(recoveryKey)]),
    ...(own === undefined ? [] : [own.secret]),
  ];
  return { identities, ...(passphrase === undefined ? {} : { passphrase }) };
}
