import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { Job } from '../../protocol/domain/job.ts';
import type { Secrets } from '../../protocol/domain/secrets.ts';
import type { RotaPlace } from '../jobs/job-order.ts';
import type { Daemon } from './daemon.ts';

export interface AskedDrill {
  readonly probe: boolean;
  readonly origin: Job['origin'];
  readonly rota?: RotaPlace;
  /** How the backup was named, for the command; absent: by its id. */
  readonly shown?: string;
  readonly secrets?: Secrets | undefined;
}

export function submitDrill(daemon: Daemon, backup: Backup, asked: AskedDrill): Job {
  const { probe, origin, rota, shown = backup.id.slice(0, 8), secrets } = asked;
  const { scratch } = daemon.config().drill ?? {};
  const job = {
    kind: 'drill',
    title: `drill of ${basename(backup.path)}`,
    command: `kedge drill ${shown}${probe ? '' : ' --no-probe'}`,
    origin,
    order: {
      kind: 'drill',
      drill: randomUUID(),
      backup,
      probe,
      ...(scratch === undefined ? {} : { scratch }),
      ...(rota === undefined ? {} : { rota }),
    },
  } as const;
  return daemon.jobs.submit(job, { secrets });
}
