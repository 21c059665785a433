import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { checkSqlite } from '../../agent/sources/sqlite/check-integrity.ts';
import { copyDatabase } from '../../agent/sources/sqlite/copy-database.ts';
import { openDatabase } from '../../agent/sources/sqlite/open-database.ts';
import { openSqlite } from '../../agent/sources/sqlite/source.ts';
import { sourceContract } from '../contract/source.ts';
import { asOtherUser } from '../support/as-other-user.ts';
import { makeBusyDatabase, readBusyDatabase, startWriter } from '../support/busy-database.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { takeMembers } from '../support/take-members.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const sourceAt = (path: string) => openSqlite('database', { engine: 'sqlite', path });

sourceContract('sqlite', (folder) => {
  const path = join(folder, 'clinic.db');
  makeBusyDatabase(path, 'wal', 0.1);
  return {
    source: sourceAt(path),
    missing: sourceAt(join(folder, 'none.db')),
    live: [path],
    check(members) {
      const copy = join(folder, 'copy.db');
      writeFileSync(copy, members[0]?.content ?? '');
      expect(members.map(({ name }) => name)).toEqual(['database/clinic.db']);
      expect(readBusyDatabase(copy)).toEqual({ integrity: 'ok', states: [0, 0, 0, 0] });
    },
  };
});

test('a capture while another process commits 200 times a second equals one committed state, and no commit is refused', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'clinic.db');
  makeBusyDatabase(path, 'wal', 40);
  const writer = await startWriter(path, 200);
  for (let round = 0; round < 3; round += 1) {
    const before = await writer.counts();
    const copied: number[] = [];
    const work = recordedWork((_, done) => copied.push(done));
    const { members } = await takeMembers(sourceAt(path), work);
    // A copy that starts again with every commit goes back, and under enough commits it never ends.
    expect(copied).toEqual(copied.toSorted((a, b) => a - b));
    const after = await writer.counts();
    const copy = join(folder, `copy-${round}.db`);
    writeFileSync(copy, members[0]?.content ?? '');
    const { integrity, states } = readBusyDatabase(copy);
    expect(integrity).toBe('ok');
    expect(new Set(states).size).toBe(1);
    expect(states[0]).toBeGreaterThanOrEqual(before.commits);
    expect(states[0]).toBeLessThanOrEqual(after.commits);
    expect(after.commits - before.commits).toBeGreaterThan(10);
  }
  expect(await writer.stop()).toMatchObject({ failures: 0 });
});

test('a database with a rollback journal that is written to all the time is copied in one step at last, while writers wait', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'clinic.db');
  const copy = join(folder, 'copy.db');
  makeBusyDatabase(path, 'delete', 60);
  const writer = await startWriter(path, 100);
  // The other one may wait for its disk.
  const here = new Database(path, { timeout: 30_000 });
  onTestFinished(() => void here.close());
  const logged: string[] = [];
  const reader = await openDatabase(path);
  await copyDatabase(reader, copy, {
    signal: new AbortController().signal,
    smallStepsMs: 700,
    onPages: () => void here.exec('update filler set text = lower(text) where id = 1'),
    log: (text) => logged.push(text),
  });
  reader.close();
  const { failures } = await writer.stop();
  const { integrity, states } = readBusyDatabase(copy);
  expect({ failures, integrity, different: new Set(states).size, logged }).toEqual({
    failures: 0,
    integrity: 'ok',
    different: 1,
    logged: ['the database is written to all the time: writers wait while it is copied'],
  });
});

test('preflight says that writers wait where there is no WAL', async () => {
  const path = join(temporaryFolder(), 'clinic.db');
  makeBusyDatabase(path, 'delete', 0.1);
  const { warnings } = await sourceAt(path).preflight(recordedWork().signal);
  expect(warnings).toEqual([
    'source "database" is not in WAL mode: writers wait while it is copied',
  ]);
});

test('a quiet database with a rollback journal is copied in small steps', async () => {
  const path = join(temporaryFolder(), 'clinic.db');
  makeBusyDatabase(path, 'delete', 5);
  const work = recordedWork();
  const { members } = await takeMembers(sourceAt(path), work);
  expect(members[0]?.content.length).toBe(statSync(path).size);
  expect(work.logged).toEqual([
    'info: source "database" is copied first, page by page: it is not in WAL mode',
  ]);
});

test('commits that are only in the -wal are captured', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'clinic.db');
  makeBusyDatabase(path, 'wal', 0.1);
  const open = new Database(path);
  open.exec('update counter set n = 77');
  const { members } = await takeMembers(sourceAt(path), recordedWork());
  open.close();
  writeFileSync(join(folder, 'copy.db'), members[0]?.content ?? '');
  expect(readBusyDatabase(join(folder, 'copy.db')).states[0]).toBe(77);
});

test('a transaction that a crash left half done is rolled back in the capture', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'clinic.db');
  makeBusyDatabase(path, 'delete', 5);
  await crashInTransaction(path);
  expect(statSync(`${path}-journal`).size).toBeGreaterThan(0);
  const { members } = await takeMembers(sourceAt(path), recordedWork());
  writeFileSync(join(folder, 'copy.db'), members[0]?.content ?? '');
  expect(readBusyDatabase(join(folder, 'copy.db'))).toEqual({
    integrity: 'ok',
    states: [0, 0, 0, 0],
  });
});

test('a database whose pages are damaged is captured as it is', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'clinic.db');
  makeBusyDatabase(path, 'delete', 1);
  const bytes = readFileSync(path);
  bytes.fill(0x5a, 8192, 40_000);
  writeFileSync(path, bytes);
  const { members, gaps } = await takeMembers(sourceAt(path), recordedWork());
  const copy = join(folder, 'copy.db');
  writeFileSync(copy, members[0]?.content ?? '');
  expect(gaps).toEqual([]);
  expect(members[0]?.content.subarray(8192).equals(bytes.subarray(8192))).toBe(true);
  expect(checkSqlite(copy).problem).toBeDefined();
});

test('a database that was cut short is kept byte for byte, and the log says so', async () => {
  const path = join(temporaryFolder(), 'clinic.db');
  makeBusyDatabase(path, 'wal', 1);
  truncateSync(path, 500_000);
  const work = recordedWork();
  const preflight = await sourceAt(path).preflight(work.signal);
  const { members } = await takeMembers(sourceAt(path), work);
  expect(members[0]?.content.equals(readFileSync(path))).toBe(true);
  expect(work.logged).toEqual(['warning: source "database" is damaged; its file is kept as it is']);
  expect(preflight).toMatchObject({
    contentBytes: 500_000,
    warnings: ['source "database" is damaged: its file will be kept as it is'],
  });
});

test('a WAL database that nobody has open is captured also where Kedge may write nothing beside it', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'clinic.db');
  makeBusyDatabase(path, 'wal', 0.1);
  const work = recordedWork();
  chmodSync(work.scratch, 0o777);
  chmodSync(path, 0o444);
  chmodSync(folder, 0o555);
  const { preflight, taken } = await asOtherUser(async () => ({
    preflight: await sourceAt(path).preflight(work.signal),
    taken: await takeMembers(sourceAt(path), work),
  }));
  chmodSync(folder, 0o755);
  expect(taken.members[0]?.content.equals(readFileSync(path))).toBe(true);
  expect(preflight).toMatchObject({ contentBytes: statSync(path).size, warnings: [] });
  expect(preflight.problem).toBeUndefined();
});

test('a file that is none of SQLite, and a folder, are refused as no database', async () => {
  const folder = temporaryFolder();
  const text = join(folder, 'notes.db');
  writeFileSync(text, 'these are notes, and no database. '.repeat(200));
  mkdirSync(join(folder, 'folder.db'));
  for (const path of [text, join(folder, 'folder.db')]) {
    const { problem } = await sourceAt(path).preflight(recordedWork().signal);
    expect(problem?.code).toBe('source-not-a-database');
    const refused = sourceAt(path).capture(recordedWork());
    await expect(refused).rejects.toMatchObject({ failure: { code: 'source-not-a-database' } });
  }
});

test('a database that another process holds for a moment is waited for', async () => {
  const path = join(temporaryFolder(), 'clinic.db');
  makeBusyDatabase(path, 'delete', 0.1);
  const holder = await runSqlite(
    `
    db.exec('begin exclusive');
    process.stdout.write('held');
    setTimeout(() => { db.exec("update counter set n = 5"); db.exec('commit'); db.close(); }, 600);`,
    path,
  );
  await once(holder.stdout, 'data');
  const { members } = await takeMembers(sourceAt(path), recordedWork());
  expect(members[0]?.content.length).toBe(statSync(path).size);
});

test('a large database is streamed with its page size, exactly as long as its header says', async () => {
  const path = join(temporaryFolder(), 'clinic.db');
  makeBusyDatabase(path, 'wal', 3);
  await using capture = await sourceAt(path).capture(recordedWork());
  for await (const { header, content, pageSize } of capture.members(recordedWork().signal)) {
    let bytes = 0;
    if (content instanceof Uint8Array) throw new Error('it was not streamed');
    for await (const block of content()) bytes += block.length;
    expect({ bytes, pageSize }).toEqual({ bytes: header.sizeBytes, pageSize: 4096 });
  }
});

test('integrity names damage, and rows that point nowhere only as a note', () => {
  const path = join(temporaryFolder(), 'clinic.db');
  const database = new Database(path);
  database.exec(`
    pragma foreign_keys = off; create table owner(id integer primary key);
    create table pet(id integer primary key, owner references owner(id)); insert into pet values (1, 9);
  `);
  database.close();
  expect(checkSqlite(path)).toEqual({
    notes: ['1 rows of "pet" refer to rows that are not there'],
  });
});

/** Leaves a rollback journal that is hot: the process dies after pages of its transaction reached the file. */
async function crashInTransaction(path: string): Promise<void> {
  const child = await runSqlite(
    `
    db.pragma('cache_size = 10');
    db.exec('begin');
    db.exec("update filler set text = hex(randomblob(500)); update counter set n = 999");
    process.kill(process.pid, 'SIGKILL');`,
    path,
  );
  await once(child, 'exit');
}

async function runSqlite(script: string, path: string) {
  const library = import.meta.resolve('better-sqlite3');
  const code = `import Database from ${JSON.stringify(library)}; const db = new Database(${JSON.stringify(path)}); ${script}`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

test('a check that can not be made calls nothing damaged', () => {
  expect(() => checkSqlite(temporaryFolder())).toThrow('unable to open database file');
});
