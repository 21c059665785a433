import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { leaveWal, RestoreFixture, rowsOf } from '../support/restore-fixture.ts';
import '../support/memory-disk.ts';

const program = join(import.meta.dirname, '..', 'support', 'sqlite-client.ts');

test('a database that others have open in WAL mode is exchanged under them, and they see it', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  app.changeAll();
  await using reader = await startClient('read', app.database);
  await using writer = await startClient('write', app.database);
  const plan = await app.plan(backup);
  const inode = statSync(app.database).ino;

  await app.restore(plan);

  expect(await reader.ask()).toMatchObject({ restored: 300, problem: 'none' });
  expect(await writer.ask()).toMatchObject({ problem: 'none' });
  expect(statSync(app.database).ino).toBe(inode);
  const client = {
    source: 'db',
    program: 'node sqlite-client.ts',
    user: userInfo().username,
    sinceMs: expect.closeTo(Date.now(), -5),
  };
  expect(plan.clients).toEqual([
    { ...client, pid: reader.pid },
    { ...client, pid: writer.pid },
  ]);
  await reader.end();
  await writer.end();
  expect(integrityOf(app.database)).toBe('ok');
  expect(modeOf(app.database)).toBe('wal');
});

test.each(['wal', 'delete'])(
  'what a client commits up to the exchange is in the undo, in journal mode %s',
  async (mode) => {
    using app = new RestoreFixture();
    setMode(app.database, mode);
    const plan = await app.plan(await app.backup());
    await using writer = await startClient('write', app.database);

    const { undo = '' } = await app.restore(plan);
    await writer.end();
    const { committed } = Report.parse(await writer.lastReport);
    const after = clientRows(app.database);
    await app.undo(undo);
    const before = clientRows(app.database);

    expect([...before, ...after]).toEqual(Array.from({ length: committed }, (_, n) => n + 1));
  },
);

test('a rollback-journal database is exchanged in place', async () => {
  using app = new RestoreFixture();
  setMode(app.database, 'delete');
  const then = rowsOf(app.database);
  const backup = await app.backup();
  app.changeAll();
  const inode = statSync(app.database).ino;

  await app.restore(await app.plan(backup));

  expect(rowsOf(app.database)).toEqual(then);
  expect(statSync(app.database).ino).toBe(inode);
  expect(modeOf(app.database)).toBe('delete');
});

test('a live -wal with commits not yet in the file goes into the undo and not into the restored data', async () => {
  using app = new RestoreFixture();
  const then = rowsOf(app.database);
  const backup = await app.backup();
  leaveWal(app.database);
  const now = rowsOf(copyWithWal(app));
  const { undo = '' } = await app.restore(await app.plan(backup));

  expect(rowsOf(app.database)).toEqual(then);
  await app.undo(undo);
  expect(rowsOf(app.database)).toEqual(now);
});

test('a -wal left beside a missing database is not replayed into the restored one', async () => {
  using app = new RestoreFixture();
  const then = rowsOf(app.database);
  const backup = await app.backup();
  leaveWal(app.database);
  rmSync(app.database);

  const { undo = '' } = await app.restore(await app.plan(backup));

  expect(rowsOf(app.database)).toEqual(then);
  await app.undo(undo);
  expect(existsSync(app.database)).toBe(false);
});

test('what is no database at all is moved aside as it is, and comes back with an undo', async () => {
  using app = new RestoreFixture();
  const then = rowsOf(app.database);
  const backup = await app.backup();
  writeFileSync(app.database, 'no database at all, but somebody may want it');

  const { undo = '' } = await app.restore(await app.plan(backup));

  expect(rowsOf(app.database)).toEqual(then);
  const back = await app.undo(undo);
  expect(statSync(app.database).size).toBe(44);
  expect(back.notes).toHaveLength(1);
});

test('a database of another page size is exchanged in both journal modes', async () => {
  for (const mode of ['wal', 'delete'] as const) {
    using app = new RestoreFixture();
    const then = rowsOf(app.database);
    const backup = await app.backup();
    setMode(app.database, 'delete');
    const database = new Database(app.database);
    database.pragma('page_size = 8192');
    database.exec('vacuum; delete from patient');
    database.pragma(`journal_mode = ${mode}`);
    database.close();
    const now = rowsOf(app.database);

    const { undo = '' } = await app.restore(await app.plan(backup));

    expect(rowsOf(app.database), mode).toEqual(then);
    await app.undo(undo);
    expect(rowsOf(app.database), mode).toEqual(now);
  }
});

test('a database that has to be moved while somebody has it open is refused by the name of the program', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  const database = new Database(app.database);
  database.pragma('journal_mode = delete');
  database.pragma('page_size = 8192');
  database.exec('vacuum');
  database.pragma('journal_mode = wal');
  database.close();
  await using reader = await startClient('read', app.database);
  const plan = await app.plan(backup);

  await expect(app.restore(plan)).rejects.toThrow(
    `node sqlite-client.ts (pid ${reader.pid}) has it open`,
  );

  expect(app.places()).toEqual([]);
  expect(app.services.running.size).toBe(3);
});

test('owner and mode of the database stay, also where it was missing', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  const { mode, uid, gid } = statSync(app.database);
  rmSync(app.database);

  await app.restore(await app.plan(backup));

  expect(statSync(app.database)).toMatchObject({ mode, uid, gid });
});

const Report = z.object({ committed: z.number() });

function clientRows(path: string): readonly number[] {
  const database = new Database(path);
  const names = database
    .prepare<[], string>("select name from patient where name like 'Client %' order by id")
    .pluck()
    .all();
  database.close();
  return names.map((name) => Number(name.slice('Client '.length)));
}

interface Client extends AsyncDisposable {
  readonly pid: number;
  ask(): Promise<unknown>;
  end(): Promise<void>;
  readonly lastReport: Promise<unknown>;
}

async function startClient(mode: 'read' | 'write', path: string): Promise<Client> {
  const child = spawn(process.execPath, [program, mode, path], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await message(child);
  const last = Promise.withResolvers<unknown>();
  const end = async () => {
    if (child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.on('message', last.resolve);
    child.send('end');
    await ended;
  };
  return {
    pid: child.pid ?? 0,
    ask: async () => {
      const answer = message(child);
      child.send('report');
      return await answer;
    },
    end,
    lastReport: last.promise,
    [Symbol.asyncDispose]: end,
  };
}

const message = async (child: ChildProcess): Promise<unknown> =>
  await new Promise((resolve) => child.once('message', resolve));

function copyWithWal(app: RestoreFixture): string {
  const copy = join(app.home, 'copy.db');
  copyFileSync(app.database, copy);
  copyFileSync(`${app.database}-wal`, `${copy}-wal`);
  return copy;
}

function setMode(path: string, mode: string): void {
  const database = new Database(path);
  database.pragma(`journal_mode = ${mode}`);
  database.close();
}

function modeOf(path: string): unknown {
  const database = new Database(path);
  const mode = database.pragma('journal_mode', { simple: true });
  database.close();
  return mode;
}

function integrityOf(path: string): unknown {
  const database = new Database(path);
  const answer = database.pragma('integrity_check', { simple: true });
  database.close();
  return answer;
}
