import type { Config } from '../../config/config.ts';
import { type KeptBackup, type ProofSettings, type Turn, turnsOf } from '../../schedule/rota.ts';
import type { Daemon } from '../daemon.ts';
import { keptBackups } from './kept-backups.ts';

/** The rota as it stands: it follows from when what was proven, so nothing of it is kept. */
export interface Rota {
  readonly kept: readonly KeptBackup[];
  readonly turns: readonly Turn[];
  readonly settings: ProofSettings;
}

export async function rotaOf(daemon: Daemon): Promise<Rota> {
  const settings = proofSettings(daemon.configFile.inForce());
  const kept = await keptBackups(daemon);
  return { kept, turns: turnsOf(kept, lastDrill(daemon), settings), settings };
}

export function proofSettings(config: Config | undefined): ProofSettings {
  const { verifyEveryDays = 30, drillEveryDays = 7 } = config?.proofs ?? {};
  return { verifyEveryDays, drillEveryDays };
}

/** One of a clock that was ahead does not count: nobody knows when it was. */
function lastDrill(daemon: Daemon) {
  const last = daemon.state.drills.newest();
  if (last === undefined || last.atMs > daemon.now()) return undefined;
  return { atMs: last.atMs, failed: last.problem !== undefined };
}
