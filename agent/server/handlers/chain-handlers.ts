import { randomUUID } from 'node:crypto';
import { basename, dirname } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import {
  type BackupReference,
  backupConsolidate,
  type Destination,
} from '../../../protocol/methods/backup.ts';
import { backupDiff, backupDiffEntries } from '../../../protocol/methods/diff.ts';
import { refusePathAsName } from '../../backup/archive-name.ts';
import { standsAlone } from '../../backup/consolidate.ts';
import { readDiffPage } from '../diff-lists.ts';
import { refuseAway } from '../refuse-away.ts';
import { handle } from './handler.ts';

/** What is made of backups alone, without the sources. */
export const chainHandlers = [
  handle(backupConsolidate, async (daemon, { backup: reference, destination, name, secrets }) => {
    refusePathAsName(name);
    const backup = await refuseAway(await daemon.backups.resolve(reference, secrets));
    if (backup.kind === 'full') throw standsAlone(backup.path);
    const to = destination ?? besides(backup);
    const where = to.kind === 'store' ? to.store : `'${to.folder}'`;
    const named = name === undefined ? '' : ` --name '${name}'`;
    const asked = {
      kind: 'consolidate',
      title: `consolidate ${basename(backup.path)}`,
      command: `kedge backup consolidate ${wordsOf(reference, backup)} --to ${where}${named}`,
      origin: 'manual',
      order: {
        kind: 'consolidate',
        path: backup.path,
        backup,
        backupId: randomUUID(),
        destination: to,
        ...(name === undefined ? {} : { name }),
      },
    } as const;
    return { job: daemon.jobs.submit(asked, { secrets }).id };
  }),
  handle(backupDiff, async (daemon, { before: from, after: to, rows = false, secrets }) => {
    const before = await refuseAway(await daemon.backups.resolve(from, secrets));
    const after = await refuseAway(await daemon.backups.resolve(to, secrets));
    const words = `${wordsOf(from, before)} ${wordsOf(to, after)}${rows ? ' --rows' : ''}`;
    const asked = {
      kind: 'diff',
      title: `diff ${basename(before.path)} ${basename(after.path)}`,
      command: `kedge backup diff ${words}`,
      origin: 'manual',
      order: { kind: 'diff', before, after, rows },
    } as const;
    return { job: daemon.jobs.submit(asked, { secrets }).id };
  }),
  handle(
    backupDiffEntries,
    async (daemon, { job, at, limit }) => await readDiffPage(daemon.places.state, job, at, limit),
  ),
];

function besides({ store, path }: Backup): Destination {
  return store === undefined ? { kind: 'folder', folder: dirname(path) } : { kind: 'store', store };
}

function wordsOf(reference: BackupReference, { id }: Backup): string {
  return reference.kind === 'path' ? `'${reference.path}'` : id.slice(0, 8);
}
