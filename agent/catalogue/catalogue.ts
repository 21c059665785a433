import { rmSync } from 'node:fs';
import { basename } from 'node:path';
import Database from 'better-sqlite3';
import * as z from 'zod';
import { Backup } from '../../protocol/domain/backup.ts';
import { mergePlaces, type PlacePreference, seenFrom } from './merge-places.ts';

/** The version of the rows; another one, or a damaged file, is thrown away and made again from the archives. */
const rowsVersion = 3;
/** All backups are asked for at each change: a list of usual length is decoded once and kept, some MiB. */
const keptDecoded = 5_000;

/** A place where an archive lies. `presence`: what a look there found last. */
export type Place = Pick<Backup, 'path' | 'presence'>;

/** catalogue.sqlite: a cache of what the archives' tails say. Deleting it loses nothing. */
export interface Catalogue extends Disposable {
  /** An archive lies at this path; elsewhere too, where its id was put with other paths. Its `copies` are not looked at. */
  put(backup: Backup): void;
  /** It does not lie there any more; gone from the list with its last place. */
  removePlace(path: string): void;
  /** With all its places. */
  remove(id: string): void;
  /** Which place of an archive comes first, from now on. */
  prefer(preference: PlacePreference): void;
  get(id: string): Backup | undefined;
  /** By leading characters of the id; all that match. */
  find(prefix: string): readonly Backup[];
  /** By the name of the file, with or without its endings; all that have it. */
  named(name: string): readonly Backup[];
  /** As it lies at that path. */
  byPath(path: string): Backup | undefined;
  placesIn(store: string): readonly Place[];
  /** Names of all stores in which something lies. */
  stores(): readonly string[];
  /** Newest first. Each word of `filter` is looked for in name, kind, store, origin and time. */
  page(
    offset: number,
    limit: number,
    filter?: string,
  ): { total: number; backups: readonly Backup[] };
  all(): readonly Backup[];
  count(): number;
}

const PlaceRow = z.object({ path: z.string(), presence: Backup.shape.presence });

export function openCatalogue(path: string): Catalogue {
  const database = openWhole(path);
  if (database.pragma('user_version', { simple: true }) !== rowsVersion) {
    database.exec('drop table if exists backups; drop table if exists places');
    database.pragma(`user_version = ${rowsVersion}`);
  }
  database.exec(`create table if not exists places (
    path text primary key, id text not null, store text, presence text not null, record text not null) strict;
    create index if not exists places_of on places (id);
    create index if not exists places_in on places (store, path, presence);
    create table if not exists backups (
    id text primary key, captured_ms integer not null,
    words text not null, record text not null) strict;
    create index if not exists backups_newest on backups (captured_ms desc, id, words)`);
  const putPlace = database.prepare(
    'insert or replace into places (path, id, store, presence, record) values (?, ?, ?, ?, ?)',
  );
  const idAt = database.prepare('select id from places where path = ?').pluck();
  const removeAt = database.prepare('delete from places where path = ?');
  const removeAll = database.prepare('delete from places where id = ?');
  const placesOf = database.prepare('select record from places where id = ?').pluck();
  const placesIn = database.prepare('select path, presence from places where store = ?');
  const stores = database.prepare(
    'select distinct store from places where store is not null order by 1',
  );
  const several = database.prepare('select id from places group by id having count(*) > 1').pluck();
  const put = database.prepare(
    'insert or replace into backups (id, captured_ms, words, record) values (?, ?, ?, ?)',
  );
  const remove = database.prepare('delete from backups where id = ?');
  const get = database.prepare('select record from backups where id = ?').pluck();
  const find = database
    .prepare('select record from backups where substr(id, 1, length(@p)) = @p limit 20')
    .pluck();
  const namedLike = database
    .prepare('select record from backups where instr(words, ?) > 0')
    .pluck();
  database.function('local_time', { deterministic: true }, (atMs) => localTime(Number(atMs)));
  const page = database.prepare(pageOf('')).pluck();
  const total = database.prepare('select count(*) from backups').pluck();
  let everything: readonly Backup[] | undefined;
  let preference: PlacePreference = { stores: [], ofSchedules: {} };

  const merge = (id: string): void => {
    everything = undefined;
    const places = placesOf.all(id).map(decode);
    if (places.length === 0) return void remove.run(id);
    const merged = mergePlaces(places, preference);
    put.run(id, merged.capturedAtMs, wordsOf(merged), JSON.stringify(merged));
  };
  const putAndMerge = database.transaction((place: Backup) => {
    const before = idAt.get(place.path);
    const { path, id, store, presence } = place;
    putPlace.run(path, id, store ?? null, presence, JSON.stringify(place));
    merge(id);
    if (before !== undefined && before !== id) merge(String(before));
  });
  const get1 = (id: string): Backup | undefined => optional(get.get(id));

  return {
    put({ copies: _, ...place }) {
      putAndMerge(place);
    },
    removePlace: database.transaction((at: string) => {
      const id = idAt.get(at);
      if (id === undefined) return;
      removeAt.run(at);
      merge(String(id));
    }),
    remove: database.transaction((id: string) => {
      removeAll.run(id);
      merge(id);
    }),
    prefer: database.transaction((next: PlacePreference) => {
      if (JSON.stringify(next) === JSON.stringify(preference)) return;
      preference = next;
      for (const id of several.all()) merge(String(id));
    }),
    get: get1,
    find: (prefix) => find.all({ p: prefix }).map(decode),
    named: (name) =>
      namedLike
        .all(name.toLowerCase())
        .map(decode)
        .filter((backup) => pathsOf(backup).some((at) => namesOf(at).includes(name))),
    byPath(at) {
      const id = idAt.get(at);
      const backup = id === undefined ? undefined : get1(String(id));
      return backup === undefined ? undefined : seenFrom(backup, at);
    },
    placesIn: (store) => placesIn.all(store).map((row) => PlaceRow.parse(row)),
    stores: () => stores.pluck().all().map(String),
    page(offset, limit, filter = '') {
      const terms = filter.toLowerCase().split(/\s+/).filter(Boolean);
      if (terms.length === 0)
        return { total: Number(total.get()), backups: page.all({ limit, offset }).map(decode) };
      const where = `where ${terms.map(termIn).join(' and ')}`;
      const count = database.prepare(`select count(*) from backups ${where}`).pluck();
      const rows = database.prepare(pageOf(where)).pluck().all(terms, { limit, offset });
      return { total: Number(count.get(terms)), backups: rows.map(decode) };
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

/** Of 100,000 the times take 55 ms, the words alone 10; strftime asks the system for its zone each time, and takes 210. */
function termIn(term: string): string {
  const isTime = /^\d{4}-\d\d|:/.test(term);
  return `instr(${isTime ? "words || ' ' || local_time(captured_ms)" : 'words'}, ?) > 0`;
}

/** "2026-11-22 05:03:09". */
function localTime(atMs: number): string {
  const at = new Date(atMs);
  const day = [at.getFullYear(), at.getMonth() + 1, at.getDate()].map(two).join('-');
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function pathsOf({ path, copies = [] }: Backup): readonly string[] {
  return [path, ...copies.map((copy) => copy.path)];
}

/** What a filter looks at. */
function wordsOf(backup: Backup): string {
  const { kind, origin, store, copies = [] } = backup;
  const stores = [store, ...copies.map((copy) => copy.store)].map((name) => name ?? '');
  return [...pathsOf(backup), kind, ...stores, origin].join(' ').toLowerCase();
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
