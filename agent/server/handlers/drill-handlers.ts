import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { drillRun } from '../../../protocol/methods/drill.ts';
import { handle } from './handler.ts';

export const drillHandlers = [
  handle(drillRun, async (daemon, { backup: reference, probe = true, secrets }) => {
    const backup = await daemon.backups.resolve(reference, secrets);
    const { scratch } = daemon.config().drill ?? {};
    const shown = reference.kind === 'path' ? `'${reference.path}'` : backup.id.slice(0, 8);
    const asked = {
      kind: 'drill',
      title: `drill of ${basename(backup.path)}`,
      command: `kedge drill ${shown}${probe ? '' : ' --no-probe'}`,
      origin: 'manual',
      order: {
        kind: 'drill',
        drill: randomUUID(),
        backup,
        probe,
        ...(scratch === undefined ? {} : { scratch }),
      },
    } as const;
    return { job: daemon.jobs.submit(asked, { secrets }).id };
  }),
];
