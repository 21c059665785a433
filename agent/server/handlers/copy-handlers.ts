import { join } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import type { BackupReference } from '../../../protocol/methods/backup.ts';
import { backupCopy, backupImport } from '../../../protocol/methods/copy.ts';
import { liesIn } from '../copies/choose-copies.ts';
import { farPlace, submitCopy } from '../copies/submit-copy.ts';
import type { Daemon } from '../daemon.ts';
import { handle } from './handler.ts';

export const copyHandlers = [
  handle(backupCopy, async (daemon, { backups: named, to, move }) => {
    await daemon.backups.refresh();
    const backups = new Map<string, Backup>();
    for (const name of named) {
      const backup = await daemon.backups.resolve(referenceTo(name));
      backups.set(backup.id, backup);
    }
    const asked = { backups: [...backups.values()], to, move, origin: 'manual' } as const;
    return { job: submitCopy(daemon, asked).id };
  }),
  handle(backupImport, async (daemon, { folder, store, move = false }) => {
    await daemon.backups.refresh();
    const far = farPlace(daemon, { kind: 'store', store });
    const flag = move ? ' --move' : '';
    const job = daemon.jobs.submit({
      kind: 'copy',
      title: `import ${folder} into ${store}`,
      command: `kedge backup import '${folder}' ${store}${flag}`,
      origin: 'manual',
      order: { kind: 'import', folder: join(folder), store, move, there: pathsIn(daemon, far) },
    });
    return { job: job.id };
  }),
];

function referenceTo(name: string): BackupReference {
  return name.startsWith('/') ? { kind: 'path', path: name } : { kind: 'id', id: name };
}

function pathsIn(daemon: Daemon, far: ReturnType<typeof farPlace>): Record<string, string> {
  const there = daemon.backups.all().flatMap((backup) => {
    const path = liesIn(backup, far)?.path;
    return path === undefined ? [] : [[backup.id, path] as const];
  });
  return Object.fromEntries(there);
}
