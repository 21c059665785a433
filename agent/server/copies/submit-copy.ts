import type { Backup } from '../../../protocol/domain/backup.ts';
import type { Job } from '../../../protocol/domain/job.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import type { Destination } from '../../../protocol/methods/backup.ts';
import type { Daemon } from '../daemon.ts';
import { chooseCopies, type FarPlace } from './choose-copies.ts';

export interface AskedCopy {
  readonly backups: readonly Backup[];
  readonly to: Destination;
  readonly move: boolean;
  readonly origin: Job['origin'];
  readonly schedule?: string;
}

/** So many are named in the command line that does the same. */
const namedInCommand = 20;

/** Queues a copy or a move. Fails where one of them can't be read now. */
export function submitCopy(daemon: Daemon, asked: AskedCopy): Job {
  const { backups, to, move, origin, schedule } = asked;
  const { items, absent } = chooseCopies(backups, daemon.backups.all(), farPlace(daemon, to));
  const [first] = absent;
  if (first !== undefined) throw notThere(first, backups);
  const where = to.kind === 'store' ? to.store : to.folder;
  const [verb, ids] = [move ? 'move' : 'copy', backups.map(({ id }) => id.slice(0, 8))];
  const what = items.length === 1 ? `${ids[0]}` : `${items.length} backups`;
  const named = ids.length > namedInCommand ? 'ID...' : ids.join(' ');
  return daemon.jobs.submit({
    kind: 'copy',
    title: `${verb} ${what} to ${where}`,
    command: `kedge backup ${verb} ${named} '${where}'`,
    origin,
    ...(schedule === undefined ? {} : { schedule }),
    order: { kind: 'copy', items, to, move },
  });
}

/** As `openDestination` will find it; a folder that is a store's own is that store. */
export function farPlace(daemon: Daemon, to: Destination): FarPlace {
  const { stores } = daemon.config();
  if (to.kind === 'folder') {
    const store = Object.entries(stores).find(([, { path }]) => path === to.folder);
    return { folder: to.folder, store: store?.[0] };
  }
  const settings = stores[to.store];
  if (settings !== undefined) return { folder: settings.path, store: to.store };
  throw new KedgeError('destination-unknown', { store: to.store });
}

function notThere({ id, path, store, presence }: Backup, asked: readonly Backup[]): KedgeError {
  const what = asked.some((each) => each.id === id)
    ? `backup ${id.slice(0, 8)}`
    : `the full "${path}", which a differential of these needs,`;
  const why = presence === 'missing' ? 'its file is gone' : `destination "${store}" is not here`;
  return new KedgeError('unavailable', { what, why });
}
