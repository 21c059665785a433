import { type Backup, isGood } from '../../../protocol/domain/backup.ts';
import { keysOf } from '../../keys/keys-of.ts';
import type { KeptBackup } from '../../schedule/rota.ts';
import type { Daemon } from '../daemon.ts';
import { knownOf } from '../known-archive.ts';
import { expectedSeconds } from './expected-seconds.ts';

/** Proven by a clock that was ahead of this one by more than this: nobody knows when. */
const aheadMs = 3_600_000;

/** The good backups that are there, with the full they need, and that can be read here without anybody's help. */
export async function keptBackups(daemon: Daemon): Promise<readonly KeptBackup[]> {
  const { identities } = await keysOf(daemon.places.state);
  const all = daemon.backups.all();
  const contentBytes = new Map(all.map((backup) => [backup.id, backup.contentBytes]));
  return keptOf(all, {
    keyIsHere: identities.length > 0,
    seconds: expectedSeconds(daemon.state.jobs, (id) => contentBytes.get(id)),
    nowMs: daemon.now(),
  });
}

export interface KeptFacts {
  readonly keyIsHere: boolean;
  readonly seconds: ReturnType<typeof expectedSeconds>;
  readonly nowMs: number;
}

export function keptOf(
  all: readonly Backup[],
  { keyIsHere, seconds, nowMs }: KeptFacts,
): readonly KeptBackup[] {
  const byId = new Map(all.map((backup) => [backup.id, backup]));
  return all.flatMap((backup): KeptBackup[] => {
    const { id, capturedAtMs, proof, contentBytes } = backup;
    if (proof.kind !== 'verified' || !isGood(backup) || !isThere(backup, byId)) return [];
    const opens = opensWith(backup, keyIsHere);
    if (!opens && knownOf(backup) === undefined) return [];
    return [
      {
        id,
        capturedAtMs,
        verifiedAtMs: proof.atMs > nowMs + aheadMs ? 0 : proof.atMs,
        verifySeconds: seconds.verify(contentBytes),
        ...(opens ? { drillSeconds: seconds.drill(contentBytes) } : {}),
      },
    ];
  });
}

function isThere({ presence, base }: Backup, byId: ReadonlyMap<string, Backup>): boolean {
  return presence === 'present' && (base === undefined || byId.get(base)?.presence === 'present');
}

function opensWith({ encryption }: Backup, keyIsHere: boolean): boolean {
  return encryption === undefined || (encryption === 'keys' && keyIsHere);
}
