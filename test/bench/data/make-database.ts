import Database from 'better-sqlite3';
import { noise, type Random, seededRandom } from '../../../agent/demo/seed/random.ts';
import { createWriter } from './words.ts';

const seed = 7_301;
const firstDayMs = Date.UTC(2016, 0, 4);
const rowsPerLook = 200;
/** The indexes come last and take this share of the file. */
const indexShare = 0.02;

/** Writes a database in WAL mode of about `sizeBytes`, 4 KiB pages; equal sizes give equal content. */
export function makeDatabase(path: string, sizeBytes: number): void {
  const database = new Database(path);
  try {
    database.pragma('page_size = 4096');
    database.pragma('journal_mode = off');
    database.pragma('synchronous = off');
    database.exec(`begin;
      create table customers (id integer primary key, number text not null, name text not null, street text, phone text, note text);
      create table visits (id integer primary key, customer_id integer not null, at text not null, author text not null, text text not null);
      create table invoices (id integer primary key, customer_id integer not null, at text not null, cents integer not null, reference text not null, positions text not null)`);
    fill(database, sizeBytes * (1 - indexShare));
    database.exec(`create index visits_of on visits (customer_id);
      create index invoices_of on invoices (customer_id); commit`);
    database.pragma('journal_mode = wal');
    database.pragma('wal_checkpoint(truncate)');
  } finally {
    database.close();
  }
}

function fill(database: Database.Database, sizeBytes: number): void {
  const random = seededRandom(seed);
  const write = createWriter(random);
  const customer = database.prepare('insert into customers values (?, ?, ?, ?, ?, ?)');
  const visit = database.prepare(
    'insert into visits (customer_id, at, author, text) values (?, ?, ?, ?)',
  );
  const invoice = database.prepare(
    'insert into invoices (customer_id, at, cents, reference, positions) values (?, ?, ?, ?, ?)',
  );
  const pages = database.prepare('pragma page_count').pluck();
  for (let id = 1; id % rowsPerLook !== 0 || Number(pages.get()) * 4096 < sizeBytes; id += 1) {
    const phone = `+49 ${random.between(1_000_000, 99_999_999)}`;
    customer.run(id, `C-${id}`, write(2), `${write(1)}${random.between(1, 200)}`, phone, write(12));
    for (let count = random.between(1, 7); count > 0; count -= 1) {
      const at = day(id, random);
      visit.run(id, at, write(1), write(random.between(40, 160)));
      invoice.run(
        id,
        at,
        random.between(900, 90_000),
        reference(random),
        write(random.between(6, 20)),
      );
    }
  }
}

/** Rows stand about in the order of time, as in a database that grew. */
function day(id: number, random: Random): string {
  return new Date(firstDayMs + id * 400_000 + random.between(0, 86_400_000)).toISOString();
}

function reference(random: Random): string {
  return noise(random, 8).toString('hex');
}

/** As much again of the same rows under new numbers; about twice the size. */
export function doubleDatabase(path: string): void {
  const database = new Database(path);
  try {
    database.pragma('journal_mode = off');
    database.pragma('synchronous = off');
    database.exec(`begin;
      drop index visits_of; drop index invoices_of;
      insert into customers (number, name, street, phone, note) select number, name, street, phone, note from customers;
      insert into visits (customer_id, at, author, text) select customer_id, at, author, text from visits;
      insert into invoices (customer_id, at, cents, reference, positions) select customer_id, at, cents, reference, positions from invoices;
      create index visits_of on visits (customer_id);
      create index invoices_of on invoices (customer_id); commit`);
    database.pragma('journal_mode = wal');
    database.pragma('wal_checkpoint(truncate)');
  } finally {
    database.close();
  }
}
