import { basename } from 'node:path';
import { backupSalvage } from '../../../protocol/methods/salvage.ts';
import { refuseAway } from '../refuse-away.ts';
import { handle } from './handler.ts';

export const salvageHandlers = [
  handle(backupSalvage, async (daemon, { backup: reference, folder, base, secrets }) => {
    // A path is taken as it is: what lies there may be too damaged to say what it is.
    const path =
      reference.kind === 'path'
        ? reference.path
        : (await refuseAway(await daemon.backups.resolve(reference))).path;
    const backup = daemon.backups.all().find((known) => known.path === path)?.id;
    const words = base === undefined ? '' : ` --base '${base}'`;
    const asked = {
      kind: 'salvage',
      title: `salvage ${basename(path)}`,
      command: `kedge backup salvage '${path}' --to '${folder}'${words}`,
      origin: 'manual',
      order: {
        kind: 'salvage',
        path,
        folder,
        ...(base === undefined ? {} : { base }),
        ...(backup === undefined ? {} : { backup }),
      },
    } as const;
    return { job: daemon.jobs.submit(asked, { secrets }).id };
  }),
];
