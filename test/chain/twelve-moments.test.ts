import { execFileSync, fork, spawnSync } from 'node:child_process';
import { hash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import { backupCreate, backupExtract } from '../../protocol/methods/backup.ts';
import { findBackup, restoreFrom, resultOf } from '../support/chain-fixture.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { makeReplayedDatabase, replayer } from '../support/replayed-writer.ts';
import { testWith, testWithPython } from '../support/require-tool.ts';
import { makeSmallApplication, type SmallApplication } from '../support/small-application.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';
import '../support/memory-disk.ts';

const moments = 12;
const commitsPerSecond = 100;
const support = join(import.meta.dirname, '..', 'support');

interface Moment {
  readonly backup: Backup;
  /** The writer's commits before the differential was asked for and after it was sealed. */
  readonly commits: readonly [before: number, after: number];
  /** What other tools say of uploads and settings, which stand still meanwhile. */
  readonly files: Files;
}

interface Writer {
  ask(what: 'count' | 'stop'): Promise<number>;
}

async function startWriter(database: string): Promise<Writer> {
  const args = [database, String(commitsPerSecond)];
  const child = fork(join(support, 'replaying-writer.ts'), args, { execArgv: [] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child, 'message');
  return {
    async ask(what) {
      const answer = once(child, 'message');
      child.send(what);
      return Number((await answer)[0]);
    },
  };
}

/** What find and sha256sum say of them. */
interface Files {
  /** Kinds, modes, link targets and counts, content. */
  readonly lines: string;
  /** Seconds, of all but folders, as what is made in those changes theirs. */
  readonly times: readonly number[];
}

function filesOf(app: SmallApplication): Files {
  const folder = dirname(app.settings);
  const run = (script: string): string =>
    execFileSync('sh', ['-ec', script], { encoding: 'utf8', cwd: folder });
  const kinds = run(`find uploads shop.ini -printf '%p %y %m %l %n\\n' | sort`);
  const sums = run('find uploads shop.ini -type f -print0 | sort -z | xargs -0 sha256sum');
  const times = run(`find uploads shop.ini ! -type d -printf '%p/%T@\\n' | sort`);
  return {
    lines: kinds + sums,
    times: times
      .trim()
      .split('\n')
      .map((line) => Number(line.split('/').at(-1))),
  };
}

/** Times come back to the microsecond, half of one added for their arithmetic. */
function expectFiles(app: SmallApplication, then: Files, what: string): void {
  const now = filesOf(app);
  expect(now.lines, what).toBe(then.lines);
  const apart = now.times.map((time, nth) => Math.abs(time - (then.times[nth] ?? 0)));
  expect(Math.max(...apart), what).toBeLessThan(1.5e-6);
}

function dumpOf(database: string): string {
  return hash('sha256', execFileSync('sqlite3', [database, '.dump'], { maxBuffer: 2 ** 30 }));
}

/** Some of all that people do to files. */
function changeFiles({ uploads, settings }: SmallApplication, nth: number): void {
  const at = (name: string): string => join(uploads, name);
  writeFileSync(at(`new ${nth}.txt`), `new at ${nth}`);
  appendFileSync(at('1.txt'), `and ${nth}\n`);
  const scan = readFileSync(at('scan.bin'));
  scan.fill(`moment ${nth}`, nth * 100_000, nth * 100_000 + 5_000);
  writeFileSync(at('scan.bin'), nth % 4 === 3 ? scan.subarray(0, scan.length - 70_000) : scan);
  rmSync(at(`new ${nth - 3}.txt`), { force: true });
  if (nth % 3 === 1) renameSync(at('2.txt'), at(`was 2, ${nth}.txt`));
  if (nth % 3 === 2) renameSync(at(`was 2, ${nth - 1}.txt`), at('2.txt'));
  rmSync(at('latest'), { force: true });
  symlinkSync(`new ${nth}.txt`, at('latest'));
  mkdirSync(at(`folder ${nth % 5}`), { recursive: true });
  writeFileSync(settings, `name = moment ${nth}\n`);
}

async function take(session: Session, kind: Backup['kind']): Promise<Backup> {
  const order = { requestId: randomUUID(), kind };
  const result = await resultOf(session, session.call(backupCreate, order));
  if (result.kind !== 'backup') throw new Error(result.kind);
  expect(result.note).toBeUndefined();
  return result.backup;
}

/** All differentials, beside a process that never stops writing. */
async function takeAll(session: Session, app: SmallApplication): Promise<readonly Moment[]> {
  const writer = await startWriter(app.database);
  const taken: Moment[] = [];
  for (let nth = 1; nth <= moments; nth += 1) {
    changeFiles(app, nth);
    const files = filesOf(app);
    const before = await writer.ask('count');
    const backup = await take(session, 'differential');
    const after = await writer.ask('count');
    taken.push({ backup, files, commits: [before, after] });
    // An interval in which more is written than in the one before.
    const enough = after + 10 * nth;
    await until(async () => (await writer.ask('count')) >= enough);
  }
  await writer.ask('stop');
  return taken;
}

/** mulberry32: the order is another one with another seed, and the same with the same. */
function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  let state = seed;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const keyed = items.map((item) => ({ item, key: random() }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}

/** Dumps of the states after so many commits, from a fresh database. */
function replay(wanted: readonly number[]): ReadonlyMap<number, string> {
  const path = join(temporaryFolder(), 'replayed.db');
  makeReplayedDatabase(path);
  const database = new Database(path);
  const commit = replayer(database);
  const dumps = new Map<number, string>();
  for (let n = 0; dumps.size < new Set(wanted).size; n = commit()) {
    if (wanted.includes(n)) dumps.set(n, dumpOf(path));
  }
  database.close();
  return dumps;
}

function countIn(path: string): number {
  const database = new Database(path, { readonly: true });
  try {
    return Number(database.prepare('select n from counter').pluck().get());
  } finally {
    database.close();
  }
}

/** The Python reader and Kedge's own extract make the same bytes of it. */
async function expectSameByPython(
  session: Session,
  { path, id }: Backup,
  full: Backup,
): Promise<void> {
  const folder = temporaryFolder();
  const [python, ours] = [join(folder, 'python'), join(folder, 'ours')];
  mkdirSync(python);
  const script = join(support, 'read_archive.py');
  const ran = spawnSync('/usr/bin/python3', [script, path, python, full.path]);
  expect([ran.status, ran.stderr.toString()], id).toEqual([0, '']);
  const backup = { kind: 'id', id } as const;
  const order = { requestId: randomUUID(), backup, paths: [], folder: ours };
  await resultOf(session, session.call(backupExtract, order));
  const differ = spawnSync('diff', ['-r', '--no-dereference', python, ours], { encoding: 'utf8' });
  expect(differ, id).toMatchObject({ status: 0, stdout: '' });
}

const pythonIsThere = testWithPython('zstandard').name !== 'skip';

testWith(
  'sqlite3',
  'find',
  'sha256sum',
  'diff',
)(
  'twelve differentials of one full, taken beside a writing process, each restore exactly their own moment, in any order',
  { timeout: 600_000 },
  async () => {
    const app = await makeSmallApplication(temporaryFolder());
    rmSync(app.database);
    makeReplayedDatabase(app.database);
    writeFileSync(join(app.uploads, 'scan.bin'), Buffer.alloc(3_000_000, 'a scanned letter '));
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    const full = await take(session, 'full');
    await until(
      async () => (await findBackup(session, full.id))?.proof.kind === 'verified',
      60_000,
    );
    const taken = await takeAll(session, app);
    expect(taken.map(({ backup }) => backup.base)).toEqual(Array(moments).fill(full.id));

    const restored: { readonly n: number; readonly dump: string }[] = [];
    for (const { backup, commits, files } of shuffled(taken, 20_261_121)) {
      await restoreFrom(session, { kind: 'id', id: backup.id });
      expectFiles(app, files, backup.path);
      const n = countIn(app.database);
      expect(n, backup.path).toBeGreaterThanOrEqual(commits[0]);
      expect(n, backup.path).toBeLessThanOrEqual(commits[1]);
      restored.push({ n, dump: dumpOf(app.database) });
      if (pythonIsThere) await expectSameByPython(session, backup, full);
    }
    expect(new Set(restored.map(({ n }) => n)).size).toBe(moments);
    const expected = replay(restored.map(({ n }) => n));
    expect(restored.map(({ dump }) => dump)).toEqual(restored.map(({ n }) => expected.get(n)));
    process.stderr.write(`restored after ${restored.map(({ n }) => n).join(', ')} commits\n`);
  },
);
