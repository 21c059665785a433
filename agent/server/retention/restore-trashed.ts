import { KedgeError } from '../../../protocol/failures.ts';
import type { Daemon } from '../daemon.ts';
import { readTrash, type TrashEntry } from './list-trash.ts';

type Known = TrashEntry & { readonly trashed: NonNullable<TrashEntry['trashed']> };

/**
 * Brings a backup of the trash back into its store and the list, its full first where that lies there too. It is
 * pinned, as the rule that took it would take it again. Answers the ids, the one that was asked for last.
 */
export async function restoreTrashed(daemon: Daemon, asked: string): Promise<readonly string[]> {
  const entries = (await readTrash(daemon)).filter(isKnown);
  const wanted = findTrashed(entries, asked);
  const { backup } = wanted.trashed;
  const full = entries.find(({ trashed }) => trashed.backup.id === backup.base);
  const needsFull = daemon.backups.get(backup.base ?? '')?.presence !== 'present';
  const restored: string[] = [];
  for (const entry of full !== undefined && needsFull ? [full, wanted] : [wanted]) {
    const path = await entry.store.bringBack(entry.file.path);
    daemon.state.trash.remove(entry.file.path);
    const { id, path: _, store: __, ...record } = entry.trashed.backup;
    daemon.backups.add({ ...record, id, path, store: entry.store.name, presence: 'present' });
    restored.push(id);
    daemon.log.write('info', `${path} came back from the trash`);
  }
  daemon.state.pins.add(backup.id, {
    reason: 'brought back from the trash',
    atMs: daemon.now(),
  });
  daemon.broadcast.publish({ topic: 'backups', total: daemon.backups.count() });
  return restored;
}

/** By the beginning of its id, its file name, or where it lies now; of several of one archive the one that went last. */
export function findTrashed(entries: readonly Known[], asked: string): Known {
  const found = entries.filter(({ trashed, file }) =>
    asked.length >= 4 && trashed.backup.id.startsWith(asked)
      ? true
      : file.name === asked || file.path === asked,
  );
  const [first] = found;
  if (first === undefined)
    throw new KedgeError('not-found', { what: 'deleted backup', id: asked, list: 'trash' });
  const ids = new Set(found.map(({ trashed }) => trashed.backup.id));
  if (ids.size === 1) return first;
  throw new KedgeError('bad-argument', {
    what: `deleted backup "${asked}"`,
    problem: `${ids.size} in the trash are called so or begin with it; give more of the id`,
  });
}

export function isKnown(entry: TrashEntry): entry is Known {
  return entry.trashed !== undefined;
}
