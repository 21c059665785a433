import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import Database from 'better-sqlite3';
import { Backup } from '../../protocol/domain/backup.ts';

/** The version of the rows; another one, or a damaged file, is thrown away and made again from the archives. */
const rowsVersion = 2;
/** All backups are asked for at each change: a list of usual length is decoded once and kept, some MiB. */
const keptDecoded = 5_000;

/** catalogue.sqlite: a cache of what the archives' tails say. Deleting it loses nothing. */
export interface Catalogue extends Disposable {
  put(backup: Backup): void;
  remove(id: string): void;
  get(id: string): Backup | undefined;
  /** By leading characters of the id; all that match. */
  find(prefix: string): readonly Backup[];
  /** By the name of the file, with or without its endings; all that have it. */
  named(name: string): readonly Backup[];
  byPath(path: string): Backup | undefined;
  /** Newest first. `filter` is looked for in name, kind, store and origin. */
  page(
    offset: number,
    limit: number,
    filter?: string,
  ): { total: number; backups: readonly Backup[] };
  all(): readonly Backup[];
  count(): number;
}

export function openCatalogue(path: string): Catalogue {
  const database = openWhole(path);
  if (database.pragma('user_version', { simple: true }) !== rowsVersion) {
    database.exec('drop table if exists backups');
    database.pragma(`user_version = ${rowsVersion}`);
  }
  database.exec(`create table if not exists backups (
    id text primary key, path text not null unique, captured_ms integer not null,
    words text not null, record text not null) strict;
    create index if not exists backups_newest on backups (captured_ms desc, id, words)`);
  const put = database.prepare(
    'insert or replace into backups (id, path, captured_ms, words, record) values (?, ?, ?, ?, ?)',
  );
  const remove = database.prepare('delete from backups where id = ?');
  const get = database.prepare('select record from backups where id = ?').pluck();
  const find = database
    .prepare('select record from backups where substr(id, 1, length(@p)) = @p limit 20')
    .pluck();
  const byPath = database.prepare('select record from backups where path = ?').pluck();
  const namedLike = database
    .prepare('select record from backups where instr(words, ?) > 0')
    .pluck();
  const page = database.prepare(pageOf('')).pluck();
  const pageWith = database.prepare(pageOf('where instr(words, @filter) > 0')).pluck();
  const total = database.prepare('select count(*) from backups').pluck();
  const totalWith = database
    .prepare('select count(*) from backups where instr(words, ?) > 0')
    .pluck();
  let everything: readonly Backup[] | undefined;
  return {
    put(backup) {
      everything = undefined;
      const words = [backup.path, backup.kind, backup.store ?? '', backup.origin].join(' ');
      put.run(
        backup.id,
        backup.path,
        backup.capturedAtMs,
        words.toLowerCase(),
        JSON.stringify(backup),
      );
    },
    remove(id) {
      everything = undefined;
      remove.run(id);
    },
    get: (id) => optional(get.get(id)),
    find: (prefix) => find.all({ p: prefix }).map(decode),
    named: (name) =>
      namedLike
        .all(name.toLowerCase())
        .map(decode)
        .filter(({ path }) => namesOf(path).includes(name)),
    byPath: (path) => optional(byPath.get(path)),
    page(offset, limit, filter = '') {
      const wanted = filter.toLowerCase();
      const rows =
        wanted === ''
          ? page.all({ limit, offset })
          : pageWith.all({ filter: wanted, limit, offset });
      return {
        total: Number(wanted === '' ? total.get() : totalWith.get(wanted)),
        backups: rows.map(decode),
      };
    },
    all() {
      if (everything !== undefined) return everything;
      const all = page.all({ limit: -1, offset: 0 }).map(decode);
      if (all.length <= keptDecoded) everything = all;
      return all;
    },
    count: () => Number(total.get()),
    [Symbol.dispose]: () => database.close(),
  };
}

/** The index alone finds the page: records that are passed by are not read. */
function pageOf(where: string): string {
  return `select record from (
    select id, captured_ms from backups ${where}
    order by captured_ms desc, id limit @limit offset @offset
  ) join backups using (id, captured_ms) order by captured_ms desc, id`;
}

/** As people write it: with both endings, and without. */
function namesOf(path: string): readonly string[] {
  const name = basename(path);
  return [name, name.replace(/(\.tar\.zst)?(\.age)?$/, '')];
}

function openWhole(path: string): Database.Database {
  const database = openSound(path);
  if (database !== undefined) return database;
  for (const suffix of ['', '-wal', '-shm', '-journal'])
    rmSync(`${path}${suffix}`, { force: true });
  const fresh = new Database(path);
  fresh.pragma('journal_mode = wal');
  return fresh;
}

/** Undefined: it is damaged. Other errors, a full disk for example, would also meet a new file. */
function openSound(path: string): Database.Database | undefined {
  const database = new Database(path);
  try {
    database.pragma('journal_mode = wal');
    if (database.pragma('quick_check(1)', { simple: true }) === 'ok') return database;
  } catch (error) {
    if (!(error instanceof Database.SqliteError && damaged.test(error.code))) throw error;
  }
  database.close();
  return undefined;
}

const damaged = /^SQLITE_(CORRUPT|NOTADB)/;

function decode(record: unknown): Backup {
  return Backup.parse(JSON.parse(String(record)));
}

function optional(record: unknown): Backup | undefined {
  return record === undefined ? undefined : decode(record);
}
