import { hash } from 'node:crypto';
import Database from 'better-sqlite3';

/**
 * A database whose every committed state is known from its number alone: after n commits it is what n
 * replayed commits make of a fresh one.
 */
const rows = 6_000;
/** Every fifth row is written to, so that differentials stay smaller than the full. */
const writtenTo = rows / 5;
const rowsPerCommit = 4;

/** 6 MB, in WAL mode. */
export function makeReplayedDatabase(path: string): void {
  const database = new Database(path);
  database.pragma('journal_mode = wal');
  database.exec(`
    create table counter (n integer not null); insert into counter values (0);
    create table filler (id integer primary key, text text not null);
    create table log (n integer primary key, text text not null)`);
  const insert = database.prepare('insert into filler values (?, ?)');
  database.transaction(() => {
    for (let id = 1; id <= rows; id += 1) insert.run(id, textOf(`row ${id}`, 15));
  })();
  database.close();
}

/** Runs commits on a connection, one after the other, from wherever it stands. */
export function replayer(database: Database.Database): () => number {
  const counter = database.prepare('update counter set n = n + 1 returning n').pluck();
  const fill = database.prepare('update filler set text = ? where id = ?');
  const log = database.prepare('insert into log values (?, ?)');
  const forget = database.prepare('delete from log where n % 3 = 0 and n < ? - 500');
  return database.transaction(() => {
    const n = Number(counter.get());
    for (let k = 0; k < rowsPerCommit; k += 1) {
      const id = 1 + 5 * ((n * 7919 + k * 104_729) % writtenTo);
      fill.run(textOf(`commit ${n} row ${id}`, 10 + (n % 10)), id);
    }
    log.run(n, textOf(`log ${n}`, 1));
    forget.run(n);
    return n;
  }).immediate;
}

function textOf(seed: string, times: number): string {
  return Array.from({ length: times }, (_, nth) => hash('sha256', `${seed} ${nth}`)).join('');
}
