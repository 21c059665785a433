import { type ChildProcess, spawn } from 'node:child_process';
import { copyFileSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { setFaultHook } from '../../../../agent/os/faults.ts';
import { mergeInto } from '../../../../agent/sources/sqlite/merge/merge-database.ts';
import { prepareMerge } from '../../../../agent/sources/sqlite/merge/prepare-merge.ts';
import { doSwap, SwapStep, undoSwap } from '../../../../agent/sources/swap-step.ts';
import { crashAt } from '../../../support/crash-at.ts';
import { runWithFault } from '../../../support/enumerate-faults.ts';
import { change, dumpOf, makeDatabase, rowsIn } from '../../../support/sqlite-zoo.ts';
import { temporaryFolder } from '../../../support/temp-folder.ts';
import '../../../support/memory-disk.ts';

const { signal } = new AbortController();
const program = join(import.meta.dirname, '..', '..', '..', 'support', 'sqlite-client.ts');

afterEach(() => {
  setFaultHook(undefined);
  vi.restoreAllMocks();
});

const schema = 'create table patient (id integer primary key autoincrement, name text);';
const fill = (count: number) =>
  `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})
   insert into patient select i, 'Patient ' || i || printf('%50s', '') from n;`;

function build(mode: 'wal' | 'delete' = 'wal', count = 300) {
  const folder = temporaryFolder();
  const [incoming, live] = [join(folder, 'then.db'), join(folder, 'live.db')];
  const outgoing = join(folder, 'old', 'live.db');
  makeDatabase(incoming, schema + fill(count));
  makeDatabase(live, schema + fill(count), { mode });
  change(
    live,
    "delete from patient where id <= 200; update patient set name = 'other' where id = 201",
  );
  return { live, incoming, outgoing };
}

async function stepOf(item: ReturnType<typeof build>): Promise<SwapStep> {
  const { steps } = await prepareMerge(item, 'merge', signal);
  const [step] = steps;
  if (step === undefined) throw new Error('no step');
  // As it comes back from the journal.
  return SwapStep.parse(JSON.parse(JSON.stringify(step)));
}

test.each(['wal', 'delete'] as const)(
  'a reader and a writer stay connected, and each commit is in the undo or came after, in journal mode %s',
  async (mode) => {
    const item = build(mode);
    await using reader = await startClient('read', item.live);
    await using writer = await startClient('write', item.live);
    const step = await stepOf(item);
    await writer.ask();

    await doSwap(step, signal);

    expect(await reader.ask()).toMatchObject({ restored: 300, problem: 'none' });
    const { committed, problem } = Report.parse(await writer.ask());
    expect(problem).toBe('none');
    await writer.end();
    await reader.end();
    // What the client wrote since the backup stays where it took other numbers.
    const after = clients(item.live);
    expect(after.at(-1)).toBeGreaterThanOrEqual(committed);
    expect(after).toEqual(Array.from({ length: after.length }, (_, n) => n + 1));
    const kept = clients(item.outgoing);
    expect(kept).toEqual(after.slice(0, kept.length));
    await undoSwap(step, '', signal);
    expect(clients(item.live)).toEqual(kept);
    expect(dumpOf(item.live)['integrity']).toBe('ok');
  },
);

test('what is committed between the copy for the undo and the merge is in the undo', async () => {
  for (const mode of ['wal', 'delete'] as const) {
    const item = build(mode);
    const step = await stepOf(item);
    change(item.live, "insert into patient values (900, 'late'), (5, 'under an old number')");
    const now = dumpOf(item.live);

    await doSwap(step, signal);

    expect(rowsIn(item.live)['patient']).toContain("900 'late'");
    expect(rowsIn(item.live)['patient']).not.toContain("5 'under an old number'");
    await undoSwap(step, '', signal);
    expect(dumpOf(item.live)).toEqual(now);
  }
});

test('a writer that holds on is waited for', async () => {
  const item = build();
  const step = await stepOf(item);
  const writer = new Database(item.live);
  writer.exec("begin immediate; insert into patient values (950, 'held')");
  let isMerged = false;
  const merged = doSwap(step, signal).then(() => {
    isMerged = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(isMerged).toBe(false);
  writer.exec('commit');
  writer.close();
  await merged;
  expect(rowsIn(item.live)['patient']).toHaveLength(301);
});

test.each([
  ['a writer in WAL mode', 'wal', 'begin immediate'],
  ['a writer with a rollback journal', 'delete', 'begin immediate'],
  ['a reader with a rollback journal', 'delete', 'begin; select * from patient'],
] as const)('%s that does not let go is refused, and nothing changes', async (_, mode, hold) => {
  const item = build(mode);
  const now = dumpOf(item.live);
  const stranger = new Database(item.live);
  const [begin = '', read] = hold.split('; ');
  stranger.exec(begin);
  if (read !== undefined) stranger.prepare(read).all();
  let elapsed = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    elapsed += 8000;
    return elapsed;
  });

  const merged = mergeInto({ backup: item.incoming, live: item.live, what: 'merge' }, signal);
  await expect(merged).rejects.toMatchObject({ failure: { code: 'timed-out' } });

  vi.restoreAllMocks();
  stranger.exec('commit');
  stranger.close();
  expect(dumpOf(item.live)).toEqual(now);
});

test('a -wal and a journal that a crash left are taken in first, and are in the undo', async () => {
  for (const mode of ['wal', 'delete'] as const) {
    const item = build(mode);
    leaveUnmerged(item.live, mode);
    const step = await stepOf(item);
    await doSwap(step, signal);
    const rows = rowsIn(item.live)['patient'];
    expect(rows).toHaveLength(mode === 'wal' ? 301 : 300);
    await undoSwap(step, '', signal);
    const undone = rowsIn(item.live)['patient'];
    expect(undone).toHaveLength(mode === 'wal' ? 101 : 100);
    expect(undone?.includes("960 'in the wal'")).toBe(mode === 'wal');
  }
});

/** WAL: a commit that is not in the file. Rollback journal: half a transaction that has to be taken back. */
function leaveUnmerged(live: string, mode: 'wal' | 'delete'): void {
  const database = new Database(live);
  const companion = mode === 'wal' ? '-wal' : '-journal';
  database.pragma('wal_autocheckpoint = 0');
  database.pragma('cache_size = 5');
  database.pragma('cache_spill = 1');
  if (mode === 'wal') database.exec("insert into patient values (960, 'in the wal')");
  else database.exec("begin; update patient set name = 'half' || randomblob(4000)");
  for (const ending of ['', companion]) copyFileSync(live + ending, `${live}${ending}.kept`);
  database.exec(mode === 'wal' ? 'select 1' : 'rollback');
  database.close();
  for (const ending of ['', companion]) copyFileSync(`${live}${ending}.kept`, live + ending);
  for (const ending of ['', companion]) rmSync(`${live}${ending}.kept`);
  expect(existsSync(live + companion)).toBe(true);
}

test('wherever it crashes or a disk fails, the live database has its old or its new content, and goes back', async () => {
  const [before, after] = [new Set<string>(), new Set<string>()];
  let points = 0;
  for (const commitsMeanwhile of [false, true]) {
    for (const fault of ['crash', 'EIO', 'ENOSPC'] as const) {
      for (let k = 1; ; k += 1) {
        const item = build('wal', 220);
        const step = await stepOf(item);
        if (commitsMeanwhile) change(item.live, "insert into patient values (900, 'late')");
        const [old, fresh] = [dumpOf(item.live), expectedOf(item, commitsMeanwhile)];
        const faulted = await runWithFault(fault, k, async () => await doSwap(step, signal));
        if (faulted === undefined) break;
        points += 1;
        const found = JSON.stringify(rowsIn(item.live));
        (found === JSON.stringify(fresh) ? after : before).add(faulted.where.replace(/ at.*/, ''));
        if (found !== JSON.stringify(fresh)) expect(dumpOf(item.live), faulted.where).toEqual(old);
        await undoSwap(step, '', signal);
        const undone = dumpOf(item.live);
        // Before the lock was held, what came in since the copy for the undo was in the live database only.
        if (!commitsMeanwhile) expect(undone, faulted.where).toEqual(old);
        expect(undone['integrity']).toBe('ok');
      }
    }
  }
  process.stdout.write(`merge step: ${points} points tried\n`);
  expect(points).toBeGreaterThan(30);
  expect(before.size + after.size).toBeGreaterThan(1);
});

function expectedOf({ live, incoming }: ReturnType<typeof build>, isLate: boolean): unknown {
  const rows = rowsIn(incoming)['patient'] ?? [];
  const late = isLate ? ["900 'late'"] : [];
  return {
    ...rowsIn(live),
    patient: [...rows, ...late].sort(),
    sqlite_sequence: [`'patient' ${isLate ? 900 : 220}`],
  };
}

test('a way back that crashes is gone again', async () => {
  for (let k = 1; ; k += 1) {
    const item = build();
    const now = dumpOf(item.live);
    const step = await stepOf(item);
    await doSwap(step, signal);
    {
      using crash = crashAt(k);
      await undoSwap(step, '', signal).catch(() => undefined);
      if (!crash.crashed) break;
    }
    await undoSwap(step, '', signal);
    expect(dumpOf(item.live)).toEqual(now);
  }
});

test('a merge leaves nothing beside the live database', async () => {
  const item = build();
  const step = await stepOf(item);
  await doSwap(step, signal);
  expect(readdirSync(dirname(item.live)).sort()).toEqual(['live.db', 'old', 'then.db']);
  expect(readdirSync(dirname(item.outgoing))).toEqual(['live.db']);
});

const Report = z.object({ committed: z.number(), problem: z.string() });

function clients(path: string): readonly number[] {
  const database = new Database(path);
  const names = database
    .prepare<[], string>("select name from patient where name like 'Client %' order by id")
    .pluck()
    .all();
  database.close();
  return names.map((name) => Number(name.slice('Client '.length)));
}

interface Client extends AsyncDisposable {
  ask(): Promise<unknown>;
  end(): Promise<void>;
}

async function startClient(mode: 'read' | 'write', path: string): Promise<Client> {
  const child = spawn(process.execPath, [program, mode, path], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await message(child);
  const end = async () => {
    if (child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.send('end');
    await ended;
  };
  const ask = async () => {
    const answer = message(child);
    child.send('report');
    return await answer;
  };
  return { ask, end, [Symbol.asyncDispose]: end };
}

const message = async (child: ChildProcess): Promise<unknown> =>
  await new Promise((resolve) => child.once('message', resolve));
