import { randomUUID } from 'node:crypto';
import type { Job } from '../../../protocol/domain/job.ts';
import type { RunKind, ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import type { Destination } from '../../../protocol/methods/backup.ts';
import type { DifferentialOrder } from '../../backup/backup-order.ts';
import { baseFor } from '../backup-destination.ts';
import type { Daemon } from '../daemon.ts';

/** Queues the backup of a run. A differential whose full can't be used becomes a full, and says why. */
export async function submitRun(
  daemon: Daemon,
  schedule: string,
  settings: ScheduleSettings,
  kind: RunKind,
  origin: 'manual' | 'schedule',
): Promise<Job> {
  const { destination, differential } = await whereTo(daemon, settings, kind);
  const flag = kind === 'full' ? '' : ' --kind differential';
  return daemon.jobs.submit({
    kind: 'backup',
    title: `${kind} backup by schedule "${schedule}"`,
    command: `kedge schedule run ${schedule}${flag}`,
    origin,
    schedule,
    order: {
      kind: 'backup',
      backupId: randomUUID(),
      origin: 'schedule',
      schedule,
      destination,
      ...(differential === undefined ? {} : { differential }),
    },
  });
}

interface WhereTo {
  readonly destination: Destination;
  readonly differential?: DifferentialOrder;
}

async function whereTo(
  daemon: Daemon,
  { store, differential: rule }: ScheduleSettings,
  kind: RunKind,
): Promise<WhereTo> {
  const fulls: Destination = { kind: 'store', store };
  if (kind === 'full') return { destination: fulls };
  // One that was removed by hand tells nobody.
  await daemon.backups.refresh();
  const differential = baseFor(daemon, fulls);
  const destination: Destination =
    'base' in differential ? { kind: 'store', store: rule?.store ?? store } : fulls;
  return { destination, differential };
}
