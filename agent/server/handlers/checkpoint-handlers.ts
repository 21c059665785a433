import { randomUUID } from 'node:crypto';
import { checkpointCreate, checkpointList } from '../../../protocol/methods/checkpoint.ts';
import { baseFor, checkDestination, firstStore } from '../backup-destination.ts';
import { demandForDestination } from '../guest-paths.ts';
import { handle } from './handler.ts';

export const checkpointHandlers = [
  handle(checkpointCreate, async (daemon, { name, destination }, _signal, asker) => {
    const config = daemon.config();
    const to = destination ?? firstStore(config);
    demandForDestination(asker, to);
    checkDestination(config, to);
    // A full that was put there or taken away a moment ago counts.
    await daemon.backups.refresh();
    const where = to.kind === 'store' ? to.store : to.folder;
    const toFlag = destination === undefined ? '' : ` --to ${where}`;
    const job = daemon.jobs.submit({
      kind: 'backup',
      title: `checkpoint "${name}"`,
      command: `kedge checkpoint '${name}'${toFlag}`,
      origin: 'manual',
      order: {
        kind: 'backup',
        backupId: randomUUID(),
        origin: 'checkpoint',
        destination: to,
        name,
        differential: baseFor(daemon, to),
      },
    });
    return { job: job.id };
  }),
  handle(checkpointList, async (daemon) => {
    await daemon.backups.lookAtPlaces();
    const checkpoints = daemon.backups
      .all()
      .filter(({ origin }) => origin === 'checkpoint')
      .toSorted((a, b) => b.capturedAtMs - a.capturedAtMs);
    return { checkpoints };
  }),
];
