import { execFileSync } from 'node:child_process';
import { closeSync, openSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openFiles } from '../../agent/sources/files/source.ts';
import { beginSnapshot } from '../../agent/sources/sqlite/begin-snapshot.ts';
import { readSnapshot } from '../../agent/sources/sqlite/read-snapshot.ts';
import { holdSnapshot, type Snapshot } from '../../agent/sources/sqlite/snapshot.ts';
import { openSqlite } from '../../agent/sources/sqlite/source.ts';
import { makeBusyDatabase } from '../support/busy-database.ts';
import { recordedWork } from '../support/recorded-work.ts';
import { takeMembers } from '../support/take-members.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const signal = new AbortController().signal;
const sourceAt = (path: string) => openSqlite('database', { engine: 'sqlite', path });

test('a database in WAL mode is captured without a copy, and its log line says for how long it was held', async () => {
  const path = databaseOf(3);
  const work = recordedWork();
  const open = new Database(path);
  onTestFinished(() => void open.close());
  open.exec('update counter set n = 7');
  await using capture = await sourceAt(path).capture(work);
  expect(capture.gaps).toEqual([]);
  let nowMs = performance.now();
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
  onTestFinished(() => clock.mockRestore());
  const afterCapture = (): void => {
    nowMs += 12_340;
  };
  const { members } = await takeMembers(sourceAt(path), work, { afterCapture });
  expect(members[0]?.content.equals(open.serialize())).toBe(true);
  expect(work.logged.join()).toMatch(/one state was held for 12\.3 s; its -wal has /);
});

test('a commit between the two looks at the index is noticed, and the transaction begun again', async () => {
  const path = databaseOf(0.1);
  const writer = new Database(path);
  const reader = new Database(path, { readonly: true });
  reader.pragma('schema_version');
  const shm = openSync(`${path}-shm`, 'r');
  onTestFinished(() => {
    for (const database of [reader, writer]) database.close();
    closeSync(shm);
  });
  let commitsLeft = 3;
  let begins = 0;
  const begun = beginSnapshot(
    {
      pragma: (text) => reader.pragma(text),
      exec(sql) {
        if (sql === 'begin') begins += 1;
        if (sql === 'begin' && commitsLeft-- > 0) writer.exec('update counter set n = n + 1');
        return reader.exec(sql);
      },
    },
    shm,
  );
  writer.exec('update counter set n = 100');
  const n = reader.prepare('select n from counter').pluck().get();
  expect({ begins, n, found: begun !== undefined }).toEqual({ begins: 4, n: 3, found: true });
});

test('a files source that holds the database too does not drop the lock by which it is held', async () => {
  const path = databaseOf(2);
  using snapshot = await hold(path);
  const files = openFiles('files', { engine: 'files', path: dirname(path) });
  const { members } = await takeMembers(files, recordedWork());
  expect(members.length).toBeGreaterThan(2);
  // A checkpoint that has to begin the -wal anew waits for readers of it.
  expect(checkpointElsewhere(path)).toBe('1');
  snapshot[Symbol.dispose]();
  expect(checkpointElsewhere(path)).toBe('0');
});

test('two sources of the same database do not drop the lock of each other', async () => {
  const path = databaseOf(2);
  using first = await hold(path);
  const seen = first.reader.serialize();
  (await hold(path))[Symbol.dispose]();
  expect(checkpointElsewhere(path)).toBe('1');
  expect((await bytesOf(first)).equals(seen)).toBe(true);
});

test('a database that is deleted or exchanged while it is read is captured as it was', async () => {
  const path = databaseOf(2);
  using snapshot = await hold(path);
  const seen = snapshot.reader.serialize();
  renameSync(`${path}-wal`, `${path}-gone`);
  rmSync(path);
  expect((await bytesOf(snapshot)).equals(seen)).toBe(true);
});

test('a database that is cut short while it is read is a gap of the source, not the end of the backup', async () => {
  const path = databaseOf(3);
  const work = recordedWork();
  const { size, members, gaps } = await (async () => {
    const size = 4_096 * Number(new Database(path).pragma('page_count', { simple: true }));
    const meanwhile = { afterCapture: () => truncateSync(path, 1_500_000) };
    return { size, ...(await takeMembers(sourceAt(path), work, meanwhile)) };
  })();
  expect(members[0]?.content.length).toBe(size);
  expect(gaps).toEqual([
    {
      kind: 'source',
      source: 'database',
      path: '',
      reason: 'its file was cut short while it was read; what is missing is zeros',
    },
  ]);
});

test('a database with a rollback journal is left to SQLite', async () => {
  const path = databaseOf(0.1, 'delete');
  expect(await holdSnapshot(path, signal)).toBe('it is not in WAL mode');
});

async function hold(path: string): Promise<Snapshot> {
  const held = await holdSnapshot(path, signal);
  if (typeof held === 'string') throw new Error(held);
  return held;
}

async function bytesOf(snapshot: Snapshot): Promise<Buffer> {
  const blocks: Buffer[] = [];
  for await (const block of readSnapshot(snapshot, { short: false }))
    blocks.push(Buffer.from(block));
  return Buffer.concat(blocks);
}

/** With commits in its -wal that a checkpoint did not take in yet. */
function databaseOf(megabytes: number, mode: 'wal' | 'delete' = 'wal'): string {
  const path = join(temporaryFolder(), 'clinic.db');
  makeBusyDatabase(path, mode, megabytes);
  if (mode === 'delete') return path;
  const open = new Database(path);
  onTestFinished(() => void open.close());
  open.pragma('wal_autocheckpoint = 0');
  open.exec('update filler set text = lower(text) where id % 7 = 0');
  return path;
}

/** Whether another process's checkpoint had to leave something: 1 is yes. */
function checkpointElsewhere(path: string): string {
  const library = import.meta.resolve('better-sqlite3');
  const code = `import Database from ${JSON.stringify(library)}; const db = new Database(${JSON.stringify(path)}, { timeout: 200 });
    console.log(db.pragma('wal_checkpoint(restart)')[0].busy)`;
  return execFileSync(process.execPath, ['--input-type=module', '-e', code]).toString().trim();
}
