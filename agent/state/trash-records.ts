import * as z from 'zod';
import { Backup } from '../../protocol/domain/backup.ts';
import type { StateDatabase } from './state-database.ts';

/** What is known of an archive in a trash beyond its file, which alone says that it is there. */
export interface TrashRecord {
  /** As it was listed. */
  readonly backup: Backup;
  readonly reason: string;
}

/** By the path in the trash. */
export interface TrashRecords {
  get(path: string): TrashRecord | undefined;
  put(path: string, record: TrashRecord): void;
  remove(path: string): void;
  paths(): readonly string[];
}

const Row = z.object({ reason: z.string(), record: z.string() });

export function openTrashRecords(database: StateDatabase): TrashRecords {
  const find = database.prepare('select reason, record from trash where path = ?');
  const put = database.prepare(
    'insert or replace into trash (path, reason, record) values (?, ?, ?)',
  );
  const remove = database.prepare('delete from trash where path = ?');
  const paths = database.prepare('select path from trash order by path').pluck();
  return {
    get(path) {
      const raw = find.get(path);
      if (raw === undefined) return undefined;
      const { reason, record } = Row.parse(raw);
      return { reason, backup: Backup.parse(JSON.parse(record)) };
    },
    put: (path, { backup, reason }) => void put.run(path, reason, JSON.stringify(backup)),
    remove: (path) => void remove.run(path),
    paths: () => paths.all().map(String),
  };
}
