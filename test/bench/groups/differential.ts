import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openSession, type Session } from '../../support/kedge.ts';
import type { Bench } from '../bench.ts';
import type { ApplicationData } from '../data/application-data.ts';
import { startWriter } from '../data/busy-writer.ts';
import { changeData } from '../data/change-data.ts';
import { interleave } from '../measure/interleave.ts';
import { measured } from '../measure/rows.ts';
import { sync } from '../measure/run-program.ts';
import { installedTools, Repository } from '../peers/repository-tool.ts';
import { backUp, dropArchive } from '../product/back-up.ts';
import { makeHome } from '../product/make-home.ts';
import { type RunningKedge, startKedge } from '../product/start-kedge.ts';
import { absentRow, type Row } from '../row.ts';

const mebibyte = 1024 * 1024;
const transactionsPerSecond = 200;
/** Files that changed within two seconds of a full are read again, those of a business have lain for longer. */
const settledMs = 3_000;
const budgets = {
  atRest: { of: 'ratio', must: 0.4, goal: 0.15 },
  live: { of: 'ratio', must: 0.9, goal: 0.25 },
  bytes: { of: 'ratio', must: 0.02, goal: 0.003 },
  memory: { of: 'value', must: 320, goal: 128 },
} as const;

interface Attempt {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly peakMebibytes: number;
  /** What came to the store. */
  readonly addedMebibytes: number;
}

/** A differential after 1 % of scattered rows and 30 uploads changed, against the next backup of others. */
export async function differential(bench: Bench): Promise<readonly Row[]> {
  const { folder, signal } = bench;
  const data = await bench.data();
  const { home } = await makeHome(join(folder, 'differential'), data);
  await using kedge = await startKedge(home, signal);
  using session = await openSession(kedge.socket);
  await using fulls = new AsyncDisposableStack();
  bench.say('a full by each');
  await pause(settledMs, undefined, { signal });
  const base = await backUp(kedge, session, signal);
  const repositories = new Map<string, Repository>();
  for (const [name, tool] of installedTools()) {
    if (tool === undefined) continue;
    const made = await Repository.create(tool, join(folder, 'first'), signal);
    repositories.set(name, fulls.use(made));
    await made.backUp('first', data.folder);
  }
  changeData(data);
  const atRest = await compare(bench, data, repositories, kedge, session);
  const live = await underWriter(bench, data, repositories, kedge, session);
  return [
    ...rowsOf('files at rest', atRest, budgets.atRest),
    ...memoryRows(atRest, base.backup.sizeBytes / mebibyte),
    ...rowsOf('under a writer', live, budgets.live),
  ];
}

type Attempts = ReadonlyMap<string, readonly Attempt[]>;

async function underWriter(
  bench: Bench,
  data: ApplicationData,
  repositories: ReadonlyMap<string, Repository>,
  kedge: RunningKedge,
  session: Session,
): Promise<Attempts> {
  await using _writer = await startWriter(data.database, transactionsPerSecond);
  bench.say(`under ${transactionsPerSecond} transactions a second`);
  return await compare(bench, data, repositories, kedge, session);
}

async function compare(
  bench: Bench,
  data: ApplicationData,
  repositories: ReadonlyMap<string, Repository>,
  kedge: RunningKedge,
  session: Session,
): Promise<Attempts> {
  const contestants = new Map([['kedge', () => byKedge(kedge, session, bench.signal)]]);
  for (const [name, repository] of repositories) {
    contestants.set(name, () => byOther(bench, repository, data));
  }
  bench.say([...contestants.keys()].join(', '));
  return await interleave(bench.runs, contestants, bench.signal);
}

async function byKedge(
  kedge: RunningKedge,
  session: Session,
  signal: AbortSignal,
): Promise<Attempt> {
  // As before the others: what the one before it wrote is not still being written.
  await sync(signal);
  const run = await backUp(kedge, session, signal, 'differential');
  dropArchive(run);
  return { ...run, addedMebibytes: run.backup.sizeBytes / mebibyte };
}

/** On a copy of the repository as it was after the full: each run does the same work. */
async function byOther(
  { folder, signal }: Bench,
  first: Repository,
  data: ApplicationData,
): Promise<Attempt> {
  using repository = first.copyTo(join(folder, 'second'));
  await sync(signal);
  const run = await repository.backUp('second', data.folder);
  return { ...run, addedMebibytes: repository.mebibytes() - first.mebibytes() };
}

function rowsOf(
  when: string,
  attempts: Attempts,
  budget: typeof budgets.atRest | typeof budgets.live,
): readonly Row[] {
  const ours = attempts.get('kedge') ?? [];
  return [...installedTools().keys()].flatMap((name) => {
    const theirs = attempts.get(name);
    if (theirs === undefined) return [absentRow(`differential against ${name}`, 'not installed')];
    const row = (what: string, unit: 's' | 'MiB', of: (attempt: Attempt) => number) => ({
      what: `${what}, ${when}`,
      unit,
      ours: ours.map(of),
      peer: [name, theirs.map(of)] as const,
    });
    const wall = row('wall', 's', ({ seconds }) => seconds);
    const processor = row('processor time', 's', ({ processorSeconds }) => processorSeconds);
    const bytes = row('bytes added', 'MiB', ({ addedMebibytes }) => addedMebibytes);
    const held = name === 'restic';
    return [
      measured(wall.what, 's', wall.ours, { peer: wall.peer, ...(held && { budget }) }),
      measured(processor.what, 's', processor.ours, { peer: processor.peer }),
      measured(bytes.what, 'MiB', bytes.ours, {
        peer: bytes.peer,
        ...(held && when === 'files at rest' && { budget: budgets.bytes }),
      }),
    ];
  });
}

function memoryRows(attempts: Attempts, fullMebibytes: number): readonly Row[] {
  const ours = attempts.get('kedge') ?? [];
  return [
    measured(
      'peak memory of the job',
      'MiB',
      ours.map(({ peakMebibytes }) => peakMebibytes),
      { budget: budgets.memory },
    ),
    measured(
      'its size against its full',
      'MiB',
      ours.map(({ addedMebibytes }) => addedMebibytes),
      { peer: ['the full', [fullMebibytes]] },
    ),
  ];
}
