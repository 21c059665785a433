import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readIdentity } from '../../agent/keys/identity.ts';
import { lockFor } from '../../agent/keys/lock-for.ts';
import { proveRecoveryKey } from '../../agent/keys/prove-recovery-key.ts';
import { recoveryKey } from '../support/age-files.ts';
import { codeOf, signal } from '../support/archives.ts';
import { type Fault, runWithFault } from '../support/enumerate-faults.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const settings = { recoveryKey: recoveryKey.recipient };

function prove(stateFolder: string) {
  const order = { stateFolder, settings, recoveryKey: recoveryKey.secret, replace: false };
  return proveRecoveryKey({ ...order, nowMs: 1 }, signal);
}

const locking = async (folder: string) =>
  await lockFor(settings, folder, undefined).then((found) => found?.lock, codeOf);

test.each<Fault>(['crash', 'EIO', 'ENOSPC'])(
  'proving a recovery key leaves it proven or not after a fault (%s) at any operation, and can be done again',
  async (fault) => {
    let tried = 0;
    for (let k = 1; ; k++) {
      const folder = temporaryFolder();
      const faulted = await runWithFault(fault, k, async () => await prove(folder));
      if (faulted === undefined) break;
      tried += 1;
      const before = await readIdentity(folder);
      const found = await locking(folder);
      if (typeof found === 'string')
        expect([faulted.where, found]).toEqual([faulted.where, 'key-unproven']);
      else expect(found?.kind, faulted.where).toBe('recipients');
      await prove(folder);
      const identity = await readIdentity(folder);
      if (before !== undefined) expect(identity, faulted.where).toEqual(before);
      expect(await locking(folder), faulted.where).toEqual({
        kind: 'recipients',
        recipients: [recoveryKey.recipient, identity?.recipient],
      });
      const left = readdirSync(join(folder, 'keys')).filter((name) => name.includes('tar'));
      expect(left, faulted.where).toEqual([]);
    }
    process.stderr.write(`proving a recovery key: ${tried} operations with ${fault}\n`);
    expect(tried).toBeGreaterThan(10);
  },
  120_000,
);
