import { hostname } from 'node:os';
import { type Backup, isGood } from '../../protocol/domain/backup.ts';
import { identityPath } from '../keys/identity.ts';
import { runbookText } from '../setup/report/runbook/runbook-text.ts';
import type { Daemon } from './daemon.ts';
import { keyStatusOf } from './key-check.ts';
import { kedgeVersion } from './version.ts';

export async function readRunbook(daemon: Daemon): Promise<string> {
  const config = daemon.config();
  const { stores, figures } = await daemon.overview.seen();
  const { newestFull, newestDifferential, lastProven } = newestOf(
    daemon.backups.all().filter(({ application }) => application === config.application.id),
  );
  return runbookText({
    config,
    configPath: daemon.places.config,
    host: hostname(),
    nowMs: daemon.now(),
    kedgeVersion,
    stores,
    schedules: daemon.schedules.list(),
    key: await keyStatusOf(daemon),
    identityPath: identityPath(daemon.places.state),
    newestFull,
    newestDifferential,
    lastProven,
    lastVerifiedMs: figures.lastVerifiedMs,
  });
}

interface Newest {
  readonly newestFull?: Backup;
  /** Where it is newer than that full. */
  readonly newestDifferential?: Backup;
  readonly lastProven?: Backup;
}

/** Also those of an installation before this one: after a recovery they are all there is. */
function newestOf(backups: readonly Backup[]): Newest {
  const taken = ({ capturedAtMs }: Backup): number => capturedAtMs;
  const good = backups.filter(
    (backup) => isGood(backup) && backup.presence !== 'missing' && backup.origin !== 'safety',
  );
  const full = newest(
    good.filter(({ kind }) => kind === 'full'),
    taken,
  );
  const differential = newest(
    good.filter(
      ({ kind, capturedAtMs }) => kind !== 'full' && capturedAtMs > (full ? taken(full) : 0),
    ),
    taken,
  );
  const proven = newest(
    backups.filter(({ proven }) => proven !== undefined),
    (backup) => backup.proven?.atMs ?? 0,
  );
  return {
    ...(full === undefined ? {} : { newestFull: full }),
    ...(differential === undefined ? {} : { newestDifferential: differential }),
    ...(proven === undefined ? {} : { lastProven: proven }),
  };
}

function newest(backups: readonly Backup[], at: (backup: Backup) => number): Backup | undefined {
  return backups.reduce<Backup | undefined>(
    (best, backup) => (best === undefined || at(best) < at(backup) ? backup : best),
    undefined,
  );
}
