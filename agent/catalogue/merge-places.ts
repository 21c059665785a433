import type { Backup } from '../../protocol/domain/backup.ts';
import type { BackupCopy } from '../../protocol/domain/copy.ts';

/** Which of several places of one archive is read first. */
export interface PlacePreference {
  /** Names of stores, best first: as the configuration has them. */
  readonly stores: readonly string[];
  /** Where each schedule puts its backups. */
  readonly ofSchedules: Readonly<Record<string, string>>;
}

const presences = ['present', 'offline', 'missing'] as const;

/**
 * One record of an archive that lies in these places (one or more): the one to read it from is its own, the
 * others are its copies. One that is there comes first, so whoever reads the path finds it wherever one can.
 * It depends on nothing but the places, so that a catalogue made anew says the same.
 */
export function mergePlaces(places: readonly Backup[], preference: PlacePreference): Backup {
  const ranked = places
    .map((place) => ({ place, rank: rankOf(place, preference) }))
    .toSorted((a, b) => compare(a.rank, b.rank) || (a.place.path < b.place.path ? -1 : 1))
    .map(({ place }) => place);
  const [first, ...others] = ranked;
  if (first === undefined) throw new Error('an archive that lies nowhere');
  // Another size is another file that bears the same id: a cut one that was repaired, for example.
  const copies = others.filter(({ sizeBytes }) => sizeBytes === first.sizeBytes).map(copyOf);
  return withCopies(first, copies);
}

/** The same archive as it lies in one of its places; undefined: none of them is at that path. */
export function seenFrom(backup: Backup, path: string): Backup | undefined {
  if (backup.path === path) return backup;
  const copy = backup.copies?.find((each) => each.path === path);
  if (copy === undefined) return undefined;
  const { store: _, copies = [], ...record } = backup;
  const others = copies.filter((each) => each !== copy);
  return withCopies({ ...record, ...copy }, [copyOf(backup), ...others]);
}

function withCopies(backup: Backup, copies: readonly BackupCopy[]): Backup {
  const { copies: _, ...alone } = backup;
  return copies.length === 0 ? alone : { ...alone, copies };
}

function copyOf({ path, store, presence }: Backup): BackupCopy {
  return store === undefined ? { path, presence } : { path, store, presence };
}

function rankOf(place: Backup, { stores, ofSchedules }: PlacePreference): readonly number[] {
  const { presence, schedule = '', store } = place;
  const isItsOwn = store !== undefined && ofSchedules[schedule] === store;
  const at = stores.indexOf(store ?? '');
  return [presences.indexOf(presence), isItsOwn ? 0 : 1, at < 0 ? stores.length : at];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((rank, index) => rank !== b[index]);
  return (a[at] ?? 0) - (b[at] ?? 0);
}
