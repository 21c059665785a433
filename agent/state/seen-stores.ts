import * as z from 'zod';
import { Backup } from '../../protocol/domain/backup.ts';
import type { StateDatabase } from './state-database.ts';

/** A drive as it was here last. */
export interface SeenDrive {
  /** Of its marker. */
  readonly id: string;
  /** Where it was mounted. */
  readonly path: string;
  readonly label?: string | undefined;
  readonly seenMs: number;
}

/** What was seen of each store: the list that stands while it is not there, also when the catalogue was lost. */
export interface SeenStores {
  drive(store: string): SeenDrive | undefined;
  /** The drive of the store is there now. */
  sawDrive(store: string, drive: SeenDrive): void;
  /** Archives that lay in it when it was looked at last. */
  archives(store: string): readonly Backup[];
  /** These lie in it now. `recordAt` is asked for those that were not seen before. */
  sawArchives(
    store: string,
    paths: readonly string[],
    recordAt: (path: string) => Backup | undefined,
  ): void;
  /** One more lies in it now, or one less. */
  sawArchive(store: string, archive: Backup): void;
  lostArchive(store: string, path: string): void;
}

const Row = z.object({
  store: z.string(),
  id: z.string(),
  path: z.string(),
  label: z.string().nullable(),
  seen_ms: z.number(),
});

/** "last seen" is told by the day: it is written down no more often. */
const writtenEveryMs = 3_600_000;

export function openSeenStores(database: StateDatabase): SeenStores {
  const put = database.prepare(
    'insert or replace into seen_drives (store, id, path, label, seen_ms) values (?, ?, ?, ?, ?)',
  );
  const pathsIn = database.prepare('select path from seen_archives where store = ?').pluck();
  const recordsIn = database
    .prepare('select record from seen_archives where store = ? order by path')
    .pluck();
  const add = database.prepare(
    'insert or replace into seen_archives (store, path, record) values (?, ?, ?)',
  );
  const remove = database.prepare('delete from seen_archives where store = ? and path = ?');
  const drives = new Map<string, SeenDrive>();
  const writtenMs = new Map<string, number>();
  for (const raw of database.prepare('select * from seen_drives').all()) {
    const { store, label, seen_ms: seenMs, ...row } = Row.parse(raw);
    drives.set(store, { ...row, ...(label === null ? {} : { label }), seenMs });
    writtenMs.set(store, seenMs);
  }
  return {
    drive: (store) => drives.get(store),
    sawDrive(store, drive) {
      const before = drives.get(store);
      drives.set(store, drive);
      const { id, path, label, seenMs } = drive;
      const isKnown = before?.id === id && before.path === path && before.label === label;
      if (isKnown && seenMs - (writtenMs.get(store) ?? 0) < writtenEveryMs) return;
      put.run(store, id, path, label ?? null, seenMs);
      writtenMs.set(store, seenMs);
    },
    archives: (store) =>
      recordsIn.all(store).map((record) => Backup.parse(JSON.parse(String(record)))),
    sawArchives(store, paths, recordAt) {
      const known = new Set(pathsIn.all(store).map(String));
      const there = new Set(paths);
      const gone = [...known].filter((path) => !there.has(path));
      const come = paths.filter((path) => !known.has(path));
      if (gone.length + come.length === 0) return;
      database.transaction(() => {
        for (const path of gone) remove.run(store, path);
        for (const path of come) {
          const record = recordAt(path);
          if (record !== undefined) add.run(store, path, asItLies(record));
        }
      })();
    },
    sawArchive: (store, archive) => void add.run(store, archive.path, asItLies(archive)),
    lostArchive: (store, path) => void remove.run(store, path),
  };
}

/** Where else it lies is told by the lists of other stores. */
function asItLies({ copies: _, ...record }: Backup): string {
  return JSON.stringify(record);
}
