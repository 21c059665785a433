import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fstatSync, readSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { type Random, seededRandom } from '../../agent/demo/seed/random.ts';
import { readSnapshot } from '../../agent/sources/sqlite/read-snapshot.ts';
import { holdSnapshot, type Snapshot } from '../../agent/sources/sqlite/snapshot.ts';
import { noOverlay } from '../../agent/sources/sqlite/wal-overlay.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

/** KEDGE_TORTURE_SECONDS: how long for all page sizes together; 1800 gives some 20,000 captures. */
const seconds = Number(process.env['KEDGE_TORTURE_SECONDS'] ?? 40);
const pageSizes = [512, 1024, 4096, 16_384, 65_536];
const writers = 3;
const signal = new AbortController().signal;

interface Tally {
  captures: number;
  refused: number;
  fromMain: number;
  overlaid: number;
  /** The -wal was begun anew while the snapshot was held. */
  restarted: number;
  deaths: number;
}

test('every snapshot is byte for byte the state that its transaction sees, whatever writers, checkpoints and crashes do', {
  timeout: seconds * 3_000 + 60_000,
}, async () => {
  const random = seededRandom(Number(process.env['KEDGE_TORTURE_SEED'] ?? Date.now() % 100_000));
  const tally = { captures: 0, refused: 0, fromMain: 0, overlaid: 0, restarted: 0, deaths: 0 };
  for (const pageSize of pageSizes) {
    const path = join(temporaryFolder(), 'tortured.db');
    makeDatabase(path, pageSize);
    await using _torturers = startTorturers(path, random, tally);
    const until = performance.now() + (seconds * 1_000) / pageSizes.length;
    while (performance.now() < until) await captureOnce(path, random, tally);
  }
  process.stdout.write(`torture: ${JSON.stringify(tally)}\n`);
  const least = Math.min(...Object.values({ ...tally, refused: 1 }));
  // A torture that met no crash, restart or overlay would prove nothing.
  expect({ least: least > 0, many: tally.captures >= seconds, tally }).toMatchObject({
    least: true,
    many: true,
  });
  expect(tally.refused).toBeLessThan(tally.captures / 20);
});

async function captureOnce(path: string, random: Random, tally: Tally): Promise<void> {
  const held = await holdSnapshot(path, signal);
  if (typeof held === 'string') {
    tally.refused += 1;
    return;
  }
  using snapshot = held;
  const saltsBefore = saltsOf(snapshot);
  const seen = snapshot.reader.serialize();
  const captured = await readSlowly(snapshot, random);
  const seenAfter = snapshot.reader.serialize();
  tally.captures += 1;
  tally[snapshot.overlay === noOverlay ? 'fromMain' : 'overlaid'] += 1;
  if (!saltsOf(snapshot).equals(saltsBefore)) tally.restarted += 1;
  expect({ ...findings(path, captured), asSeen: captured.equals(seen) }).toEqual({
    integrity: 'ok',
    cents: 0,
    uncounted: 0,
    asSeen: true,
  });
  expect(seenAfter.equals(seen)).toBe(true);
}

/** Gives the others time between blocks: what is to go wrong goes wrong then. */
async function readSlowly(snapshot: Snapshot, random: Random): Promise<Buffer> {
  const reading = { short: false };
  const blocks: Buffer[] = [];
  const slow = random.between(0, 2) === 0 ? 60 : 4;
  await pause(random.between(0, slow));
  for await (const block of readSnapshot(snapshot, reading)) {
    blocks.push(Buffer.from(block));
    await pause(random.between(0, slow));
  }
  expect(reading).toEqual({ short: false });
  return Buffer.concat(blocks);
}

function findings(path: string, captured: Buffer): object {
  const copy = `${path}.captured`;
  writeFileSync(copy, captured);
  const database = new Database(copy);
  try {
    const one = (sql: string): unknown => database.prepare(sql).pluck().get();
    return {
      integrity: one('pragma integrity_check'),
      cents: one('select sum(cents) from accounts'),
      uncounted: one('select (select n from counter) - (select count(*) from log)'),
    };
  } finally {
    database.close();
  }
}

function saltsOf({ wal }: Snapshot): Buffer {
  const salts = Buffer.alloc(8);
  if (fstatSync(wal).size > 0) readSync(wal, salts, 0, 8, 16);
  return salts;
}

function makeDatabase(path: string, pageSize: number): void {
  const database = new Database(path);
  database.pragma(`page_size = ${pageSize}`);
  database.pragma('journal_mode = wal');
  database.exec(`
    create table accounts(id integer primary key, cents integer not null);
    create table counter(n integer not null); insert into counter values (0);
    create table log(id integer primary key, text); create table filler(id integer primary key, text);
    create index log_of on log(text);
    with recursive n(id) as (select 1 union all select id + 1 from n where id < 500)
      insert into accounts select id, 0 from n;
    with recursive n(id) as (select 1 union all select id + 1 from n where id < 4000)
      insert into filler select id, randomblob(abs(random()) % 1200) from n;`);
  database.close();
}

/** Starts another one in the place of each that died. */
function startTorturers(path: string, random: Random, tally: Tally): AsyncDisposable {
  const program = join(import.meta.dirname, '../support/sqlite-torturer.ts');
  const running = new Set<ChildProcess>();
  let stopping = false;
  let killer: NodeJS.Timeout | undefined;
  const start = (): void => {
    const child = fork(program, [path, String(random.bits())], { execArgv: [] });
    running.add(child);
    child.once('exit', (code) => {
      running.delete(child);
      if (stopping) return;
      tally.deaths += 1;
      if (code !== null) throw new Error(`a torturer ended with ${code}`);
      start();
    });
  };
  for (let count = 0; count < writers; count += 1) start();
  const killOne = (): void => {
    random.pick([...running, undefined] as [ChildProcess | undefined])?.kill('SIGKILL');
    killer = setTimeout(killOne, random.between(200, 2_000));
  };
  killOne();
  const stop = async (): Promise<void> => {
    stopping = true;
    clearTimeout(killer);
    await Promise.all([...running].map(stopOne));
  };
  onTestFinished(stop);
  return { [Symbol.asyncDispose]: stop };
}

async function stopOne(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
