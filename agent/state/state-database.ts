import Database from 'better-sqlite3';
import * as z from 'zod';
import { KedgeError } from '../../protocol/failures.ts';

export type StateDatabase = Database.Database;

/**
 * Opens state.sqlite. synchronous=FULL: with NORMAL a power cut loses everything since the last
 * checkpoint, also what a screen has already called done. Fails with state-damaged and leaves the file as it is.
 */
export function openStateDatabase(path: string): StateDatabase {
  const database = new Database(path);
  try {
    database.pragma('journal_mode = wal');
    database.pragma('synchronous = full');
    const found = String(database.pragma('quick_check(1)', { simple: true }));
    if (found !== 'ok') throw new KedgeError('state-damaged', { path, cause: found });
    database.exec(schema);
    addLaterColumns(database);
    return database;
  } catch (error) {
    database.close();
    if (!(error instanceof Database.SqliteError && damaged.test(error.code))) throw error;
    throw new KedgeError('state-damaged', { path, cause: error.message }, { cause: error });
  }
}

const damaged = /^SQLITE_(CORRUPT|NOTADB)/;

const schema = `
create table if not exists meta (key text primary key, value text not null) strict;
create table if not exists jobs (
  id integer primary key autoincrement,
  kind text not null, title text not null, command text not null, origin text not null, schedule text,
  job_order text not null, created_ms integer not null, started_ms integer, finished_ms integer,
  state text not null, process text
) strict;
create index if not exists jobs_unfinished on jobs (id) where finished_ms is null;
create index if not exists jobs_by_kind on jobs (kind, schedule, id);
create table if not exists job_tallies (
  kind text not null, schedule text not null, variant text not null, outcome text not null,
  count integer not null, last_ms integer not null, last_seconds real not null,
  primary key (kind, schedule, variant, outcome)
) strict, without rowid;
create table if not exists byte_samples (day integer primary key, at_ms integer not null, bytes integer not null) strict;
create table if not exists positions (schedule text primary key, slot_ms integer not null) strict;
create table if not exists skips (schedule text primary key, slot_ms integer not null) strict;
create table if not exists runs (
  id integer primary key autoincrement,
  schedule text not null, slot_ms integer not null, kind text not null, by_hand integer not null,
  outcome text not null, tries integer not null, job integer, retry_ms integer, note text
) strict;
create index if not exists runs_of_schedule on runs (schedule, id);
create index if not exists runs_by_slot on runs (slot_ms);
create index if not exists runs_open on runs (id) where outcome in ('running', 'waiting');
create table if not exists proofs (
  backup text primary key, proof text not null, integrity text not null, problem text, sha256 text
) strict;
create table if not exists locked_backups (
  header_sha256 text primary key, record text not null
) strict;
create table if not exists pins (
  backup text primary key, reason text not null, at_ms integer not null
) strict;
create table if not exists trash (
  path text primary key, reason text not null, record text not null
) strict;
create table if not exists drills (
  backup text primary key, at_ms integer not null, seconds real not null, problem text
) strict;
create table if not exists alarms (
  id integer primary key autoincrement, key text not null, state text not null, cured_ms integer, record text not null
) strict;
create index if not exists alarms_by_key on alarms (key, id);
create table if not exists deliveries (
  id integer primary key autoincrement, alarm integer, route text not null, what text not null, state text not null,
  created_ms integer not null, at_ms integer not null, tries integer not null, next_ms integer, problem text,
  body text not null
) strict;
create index if not exists deliveries_of_route on deliveries (route, state, id);
create index if not exists deliveries_of_alarm on deliveries (alarm, id);
create table if not exists first_seen (key text primary key, at_ms integer not null) strict;
create table if not exists space_samples (
  series text not null, at_ms integer not null, free_bytes integer not null, primary key (series, at_ms)
) strict, without rowid;
create table if not exists service_changes (
  id integer primary key autoincrement, service text not null, at_ms integer not null, state text not null, why text not null
) strict;
create index if not exists changes_of_service on service_changes (service, id);
create table if not exists places (path text primary key) strict;
create table if not exists seen_drives (
  store text primary key, id text not null, path text not null, label text, seen_ms integer not null
) strict;
create table if not exists seen_archives (
  store text not null, path text not null, record text not null, primary key (store, path)
) strict;
create table if not exists throughputs (job integer primary key, record text not null) strict;
create table if not exists plans (id text primary key, created_ms integer not null, plan text not null) strict;
create table if not exists requests (
  id text primary key, method text not null, at_ms integer not null, answer text, socket text
) strict;
create table if not exists audit (
  id integer primary key autoincrement,
  at_ms integer not null, method text not null, socket text not null, claimed_user text, params text not null,
  role text, tty text, client text, outcome text, refused integer not null default 0
) strict;
`;

/** Columns that older versions of Kedge did not have. */
const laterColumns = {
  audit: [
    'role text',
    'tty text',
    'client text',
    'outcome text',
    'refused integer not null default 0',
  ],
  requests: ['socket text'],
} as const;

function addLaterColumns(database: StateDatabase): void {
  for (const [table, columns] of Object.entries(laterColumns)) {
    const found = database.pragma(`table_info(${table})`);
    const there = z.array(z.object({ name: z.string() })).parse(found);
    const names = new Set(there.map(({ name }) => name));
    for (const column of columns) {
      const [name = ''] = column.split(' ');
      if (!names.has(name)) database.exec(`alter table ${table} add column ${column}`);
    }
  }
}
