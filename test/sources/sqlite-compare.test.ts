import { createHash } from 'node:crypto';
import {
  createReadStream,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { IndexMember } from '../../agent/archive/archive-reader.ts';
import type { Work } from '../../agent/os/work.ts';
import type { ArchivedSource } from '../../agent/sources/restore-kind.ts';
import { compareDatabase } from '../../agent/sources/sqlite/compare.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

/** A live database and, once `keep` was called, its backup; the backup's content is counted when it is read. */
class Compared {
  readonly folder = temporaryFolder();
  readonly live = join(this.folder, 'live.db');
  readonly kept = join(this.folder, 'backup');
  bytesRead = 0;

  make(sql: string, path = this.live): void {
    const database = new Database(path);
    database.exec(sql);
    database.close();
  }

  /** Without what is in the -wal: the test closes the database before. */
  keep(): void {
    writeFileSync(this.kept, readFileSync(this.live));
  }

  async compare(signal = new AbortController().signal) {
    const scratch = join(this.folder, 'scratch');
    mkdirSync(scratch, { recursive: true });
    const work: Work = { job: 1, signal, scratch, progress: () => {}, log: () => {} };
    const content = readFileSync(this.kept);
    const member = {
      name: Buffer.from('db/live.db'),
      kind: 'file',
      sizeBytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
    } as unknown as IndexMember;
    const archived: ArchivedSource = {
      name: 'db',
      gaps: [],
      members: async function* () {
        yield member;
      },
      content: () => this.#content(),
    };
    const order = { source: 'db', live: this.live, archived, member };
    const change = await compareDatabase(order, work);
    expect(readdirSync(scratch)).toEqual([]);
    return change;
  }

  async *#content(): AsyncGenerator<Uint8Array> {
    for await (const block of createReadStream(this.kept, { highWaterMark: 65_536 })) {
      this.bytesRead += block.length;
      yield block;
    }
  }
}

const wal = 'pragma journal_mode = wal;';
const people = (count: number, from = 1) =>
  `with recursive n(value) as (select ${from} union all select value + 1 from n where value < ${from + count - 1})
   insert into people select value, 'person ' || value || hex(zeroblob(100)) from n;`;
const table = 'create table people (id integer primary key, name text);';

test.each(['wal', 'delete'])(
  'rows inserted, changed and deleted since are told apart (%s)',
  async (mode) => {
    const both = new Compared();
    both.make(
      `pragma journal_mode = ${mode}; ${table} ${people(1000)} create table same (x); insert into same values (1);`,
    );
    both.keep();
    both.make(
      `${people(30, 2001)} update people set name = 'x' where id <= 7; delete from people where id > 995 and id < 1001;`,
    );
    const change = await both.compare();
    expect(change).toEqual({
      source: 'db',
      engine: 'sqlite',
      live: both.live,
      bytes: expect.any(Number),
      liveBytes: expect.any(Number),
      tables: [
        { table: 'people', backupRows: 1000, liveRows: 1025, inserted: 30, changed: 7, deleted: 5 },
        { table: 'same', backupRows: 1, liveRows: 1, inserted: 0, changed: 0, deleted: 0 },
      ],
    });
  },
);

test('what only the -wal holds counts, and a writer with an open transaction does not wait or disturb', async () => {
  const both = new Compared();
  both.make(`${wal} ${table} ${people(10)}`);
  both.keep();
  const writer = new Database(both.live);
  writer.exec(people(2, 100));
  writer.exec(`begin immediate; ${people(5, 200)}`);
  const { tables } = await both.compare();
  writer.exec('commit');
  writer.close();
  expect(tables).toEqual([
    { table: 'people', backupRows: 10, liveRows: 12, inserted: 2, changed: 0, deleted: 0 },
  ]);
});

test.each(['wal', 'delete'])(
  'a database with the pages of the backup is not unpacked (%s)',
  async (mode) => {
    const both = new Compared();
    both.make(`pragma journal_mode = ${mode}; ${table} ${people(100_000)}`);
    both.keep();
    const { tables, bytes } = await both.compare();
    expect(tables).toEqual([
      {
        table: 'people',
        backupRows: 100_000,
        liveRows: 100_000,
        inserted: 0,
        changed: 0,
        deleted: 0,
      },
    ]);
    expect(bytes).toBeGreaterThan(16_000_000);
    expect(both.bytesRead).toBeLessThan(bytes / 2);
  },
);

test('so is one whose pages a restore has put there', async () => {
  const both = new Compared();
  both.make(`${wal} ${table} ${people(100_000)}`);
  both.keep();
  both.make(people(500, 900_000));
  const source = new Database(both.kept, { readonly: true });
  await source.backup(both.live);
  source.close();
  expect(readFileSync(both.live).equals(readFileSync(both.kept))).toBe(false);
  const { tables, bytes } = await both.compare();
  expect(tables?.[0]).toMatchObject({ inserted: 0, changed: 0, deleted: 0, liveRows: 100_000 });
  expect(both.bytesRead).toBeLessThan(bytes / 2);
});

test('a byte that differs in the last page of a long database is found', async () => {
  const both = new Compared();
  both.make(`pragma journal_mode = wal; ${table} ${people(60_000)}`);
  both.keep();
  both.make(`update people set name = replace(name, '0000', '0001') where id = 60000;`);
  const { tables } = await both.compare();
  expect(tables?.[0]).toMatchObject({ inserted: 0, changed: 1, deleted: 0 });
});

test.each([512, 65_536])(
  'pages of %i bytes, WITHOUT ROWID, generated columns, STRICT, FTS, no key',
  async (size) => {
    const both = new Compared();
    const now = (sql: string) => both.make(sql);
    now(`pragma page_size = ${size}; ${wal}
      create table w (a text, b int, c, primary key (a, b)) without rowid;
      create table g (id integer primary key, a int, v int generated always as (a + 1) virtual,
        s int generated always as (a * 2) stored) strict;
      create virtual table f using fts5(t); create virtual table r using rtree(id, a, b);
      create table n (x, y);
      insert into w values ('a', 1, 1), ('b', 1, 1); insert into f values ('one'), ('two');
      insert into r values (1, 0, 1); insert into n values (1, 1), (1, 1), (2, 2);
      insert into g (a) values (1), (2);`);
    both.keep();
    now(`delete from w where a = 'a'; insert into w values ('c', 1, 1); update g set a = 5 where a = 1;
    insert into f values ('three'); insert into r values (2, 0, 1); delete from n where rowid = 1;`);
    const { tables, problem } = await both.compare();
    expect(problem).toBeUndefined();
    const counts = tables?.map((one) => [one.table, one.inserted, one.changed, one.deleted]);
    expect(counts).toEqual([
      ['f', 1, 0, 0],
      ['g', 0, 1, 0],
      ['n', 0, 0, 1],
      ['r', 1, 0, 0],
      ['w', 1, 0, 1],
    ]);
  },
);

test('a database of another text encoding is counted, and why no more is said', async () => {
  const both = new Compared();
  both.make(`pragma encoding = 'UTF-16le'; ${table} ${people(20)}`);
  both.keep();
  rmSync(both.live);
  both.make(`pragma encoding = 'UTF-8'; ${wal} ${table} ${people(25)}`);
  const change = await both.compare();
  expect(change.tables).toEqual([{ table: 'people', backupRows: 20, liveRows: 25 }]);
  expect(change.problem).toMatch(/encoding/);
});

test('of two databases in UTF-16 rows are told apart', async () => {
  const both = new Compared();
  both.make(`pragma encoding = 'UTF-16le'; ${wal} ${table} ${people(20)}`);
  both.keep();
  both.make(people(1, 90));
  expect((await both.compare()).tables?.[0]).toMatchObject({ inserted: 1, changed: 0, deleted: 0 });
});

test('where no database is left all rows come back, and the plan says why', async () => {
  const both = new Compared();
  both.make(`${table} ${people(20)}`);
  both.keep();
  rmSync(both.live);
  expect(await both.compare()).toMatchObject({
    tables: [
      { table: 'people', backupRows: 20, liveRows: 0, inserted: 0, changed: 0, deleted: 20 },
    ],
    problem: 'no database is there now',
    liveBytes: 0,
  });
});

test('a live database that is damaged or none is said in words', async () => {
  const both = new Compared();
  both.make(`${table} ${people(2000)}`);
  both.keep();
  writeFileSync(both.live, 'no database at all, but a text that somebody put there'.repeat(100));
  const none = await both.compare();
  expect(none.problem).toMatch(/damaged or no database/);
  expect(none.tables).toEqual([{ table: 'people', backupRows: 2000, liveRows: 0 }]);
  const broken = readFileSync(both.kept);
  broken.fill(0xa5, 3 * 4096, broken.length - 8192);
  writeFileSync(both.live, broken);
  const damaged = await both.compare();
  expect(damaged.problem).toMatch(/malformed/);
  expect(damaged.tables?.[0]).toMatchObject({ table: 'people', backupRows: 2000 });
  expect(damaged.tables?.[0]).not.toHaveProperty('inserted');
});

test('an empty file, and a locked database, end in words too', async () => {
  const both = new Compared();
  both.make(`${table} ${people(20)}`);
  both.keep();
  writeFileSync(both.live, '');
  expect((await both.compare()).tables?.[0]).toMatchObject({
    backupRows: 20,
    liveRows: 0,
    deleted: 20,
  });
  rmSync(both.live);
  both.make(`${table} ${people(25)}`);
  const holder = new Database(both.live);
  holder.exec(`begin exclusive; ${people(1, 500)}`);
  const locked = await both.compare();
  holder.close();
  expect(locked.problem).toBe('another process keeps it locked');
}, 60_000);

test('a cancel is heard', async () => {
  const both = new Compared();
  both.make(`${wal} ${table} ${people(20)}`);
  both.keep();
  both.make(people(1, 90));
  await expect(both.compare(AbortSignal.abort())).rejects.toThrow(/abort/i);
});
