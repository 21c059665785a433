import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { type ProbeMemory, probe } from '../../agent/services/probe.ts';
import type { SqliteProbeSettings } from '../../agent/services/probe-settings.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const { signal } = new AbortController();
const locker = join(import.meta.dirname, '../support/sqlite-locker.ts');

/** A probe that remembers, as a watch does. */
function prober(path: string, changes: Partial<SqliteProbeSettings> = {}) {
  const memory: ProbeMemory = { locks: new Map() };
  return async () => await probe({ kind: 'sqlite', path, ...changes }, signal, { memory });
}

function makeDatabase(journal: 'wal' | 'delete'): string {
  const path = join(temporaryFolder(), 'clinic.sqlite');
  const database = new Database(path);
  database.pragma(`journal_mode = ${journal}`);
  database.exec('create table counter (n integer); insert into counter values (0)');
  database.close();
  return path;
}

async function lockIn(path: string, mode: 'hold' | 'commit') {
  const child = spawn(process.execPath, [locker, path, mode], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    pid: child.pid,
    commit: async () => {
      child.stdin.write('\n');
      await once(child.stdout, 'data');
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

test.each(['wal', 'delete'] as const)(
  'a transaction that stays open is told with its process (%s)',
  async (journal) => {
    const path = makeDatabase(journal);
    const ask = prober(path, { lockSeconds: 0.2 });
    await using holder = await lockIn(path, 'hold');
    expect(await ask()).toEqual({ ok: true, text: 'clinic.sqlite can be written' });
    await wait(250);
    const text = `process ${holder.pid} has kept clinic.sqlite locked for more than 0.2 s`;
    expect(await ask()).toEqual({ ok: false, text });
  },
);

test.each(['wal', 'delete'] as const)(
  'one short transaction after the other is not a long one (%s)',
  async (journal) => {
    const path = makeDatabase(journal);
    const ask = prober(path, { lockSeconds: 0.2 });
    await using holder = await lockIn(path, 'commit');
    await ask();
    await wait(250);
    await holder.commit();
    expect(await ask()).toEqual({ ok: true, text: 'clinic.sqlite can be written' });
  },
);

test('a lock is left out where it is not to be asked', async () => {
  const path = makeDatabase('wal');
  const ask = prober(path, { lockSeconds: false });
  await using _holder = await lockIn(path, 'hold');
  await ask();
  expect((await ask()).ok).toBe(true);
});

test('nothing is made beside the database and no lock of this process is lost', async () => {
  const path = makeDatabase('wal');
  await prober(path)();
  expect(readdirSync(join(path, '..'))).toEqual(['clinic.sqlite']);
  const own = new Database(path);
  own.exec('begin immediate');
  expect((await prober(path)()).ok).toBe(true);
  await using other = await otherWriter(path);
  expect(other.refused).toBe(true);
  own.exec('rollback');
  own.close();
});

/** Whether another process is kept from writing. */
async function otherWriter(path: string) {
  const child = spawn(process.execPath, [locker, path, 'hold'], { stdio: 'ignore' });
  const [code] = await once(child, 'exit', { signal: AbortSignal.timeout(20_000) });
  return { refused: code !== 0, [Symbol.asyncDispose]: async () => void child.kill() };
}

test('a -wal that has grown is told with its size', async () => {
  const path = makeDatabase('wal');
  writeFileSync(`${path}-wal`, '');
  truncateSync(`${path}-wal`, 1024 ** 3);
  expect((await prober(path)()).ok).toBe(true);
  truncateSync(`${path}-wal`, Math.round(3.1 * 1024 ** 3));
  const text = 'the -wal of clinic.sqlite has 3.1 GiB';
  expect(await prober(path)()).toEqual({ ok: false, text });
  expect((await prober(path, { walBytes: 4 * 1024 ** 3 })()).ok).toBe(true);
});

test('a database that is gone is told, and not made', async () => {
  const path = join(temporaryFolder(), 'clinic.sqlite');
  expect(await prober(path)()).toEqual({ ok: false, text: `${path} is gone` });
  expect(existsSync(path)).toBe(false);
});
