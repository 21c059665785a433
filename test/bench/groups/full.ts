import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openSession, type Session } from '../../support/kedge.ts';
import type { Bench } from '../bench.ts';
import type { ApplicationData } from '../data/application-data.ts';
import { startWriter } from '../data/busy-writer.ts';
import { interleave } from '../measure/interleave.ts';
import { measured } from '../measure/rows.ts';
import { runProgram, shell } from '../measure/run-program.ts';
import { installedTools, Repository, type RepositoryTool } from '../peers/repository-tool.ts';
import { type BackupRun, backUp, dropArchive } from '../product/back-up.ts';
import { makeHome } from '../product/make-home.ts';
import { type RunningKedge, startKedge } from '../product/start-kedge.ts';
import { absentRow, type Row } from '../row.ts';

const mebibyte = 1024 * 1024;
const transactionsPerSecond = 200;
const budgets = {
  atRest: { of: 'ratio', must: 1.15, goal: 1 },
  live: { of: 'ratio', must: 1.6, goal: 1.15 },
  size: { of: 'ratio', must: 1.03, goal: 1.016 },
  others: { of: 'ratio', must: 0.85, goal: 0.6 },
  memory: { of: 'value', must: 256, goal: 128 },
} as const;

/** One backup by anybody. */
interface Attempt {
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly sizeMebibytes: number;
  readonly peakMebibytes: number;
  readonly steps?: BackupRun['steps'];
}

/** A full backup against tar, restic and borg on the same files, at rest and while they are written to. */
export async function full(bench: Bench): Promise<readonly Row[]> {
  const data = await bench.data();
  const { home } = await makeHome(join(bench.folder, 'full'), data);
  await using kedge = await startKedge(home, bench.signal);
  using session = await openSession(kedge.socket);
  return [
    ...(await atRest(bench, data, kedge, session)),
    ...(await live(bench, data, kedge, session)),
  ];
}

async function atRest(
  bench: Bench,
  data: ApplicationData,
  kedge: RunningKedge,
  session: Session,
): Promise<readonly Row[]> {
  const others = installedTools();
  const contestants = pair(bench, data, kedge, session);
  for (const [name, tool] of others) {
    if (tool !== undefined) contestants.set(name, () => backUpByTool(bench, tool, data));
  }
  bench.say(`at rest: ${[...contestants.keys()].join(', ')}`);
  const runs = await interleave(bench.runs, contestants, bench.signal);
  const [ours = [], tar = []] = [runs.get('kedge'), runs.get('tar|zstd')];
  return [
    measured('wall, files at rest', 's', ours.map(seconds), {
      peer: ['tar|zstd -T0 -3', tar.map(seconds)],
      budget: budgets.atRest,
    }),
    measured('size of the archive', 'MiB', ours.map(size), {
      peer: ['tar|zstd -T0 -3', tar.map(size)],
      budget: budgets.size,
    }),
    ...[...others.keys()].map((name) => {
      const other = runs.get(name);
      if (other === undefined) return absentRow(`wall against ${name}`, 'not installed');
      const peer = [name, other.map(seconds)] as const;
      return measured(`wall against ${name}`, 's', ours.map(seconds), {
        peer,
        budget: budgets.others,
      });
    }),
    measured('processor time', 's', ours.map(processor), {
      peer: ['tar|zstd -T0 -3', tar.map(processor)],
    }),
    measured('peak memory of the job', 'MiB', ours.map(memory), {
      peer: ['tar|zstd -T0 -3', tar.map(memory)],
      budget: budgets.memory,
    }),
    ...stepRows(ours),
  ];
}

async function live(
  bench: Bench,
  data: ApplicationData,
  kedge: RunningKedge,
  session: Session,
): Promise<readonly Row[]> {
  await using _writer = await startWriter(data.database, transactionsPerSecond);
  bench.say(`under ${transactionsPerSecond} transactions a second`);
  const runs = await interleave(bench.runs, pair(bench, data, kedge, session), bench.signal);
  const [ours = [], tar = []] = [runs.get('kedge'), runs.get('tar|zstd')];
  return [
    measured('wall under a writer', 's', ours.map(seconds), {
      peer: ['tar|zstd (torn copy)', tar.map(seconds)],
      budget: budgets.live,
    }),
    measured('peak memory of the job under a writer', 'MiB', ours.map(memory), {
      budget: budgets.memory,
    }),
  ];
}

function pair(
  bench: Bench,
  data: ApplicationData,
  kedge: RunningKedge,
  session: Session,
): Map<string, () => Promise<Attempt>> {
  return new Map([
    ['kedge', () => backUpByKedge(kedge, session, bench.signal)],
    ['tar|zstd', () => backUpByTar(bench, data)],
  ]);
}

async function backUpByKedge(
  kedge: RunningKedge,
  session: Session,
  signal: AbortSignal,
): Promise<Attempt> {
  const run = await backUp(kedge, session, signal);
  dropArchive(run);
  return { ...run, sizeMebibytes: run.backup.sizeBytes / mebibyte };
}

async function backUpByTar({ folder, signal }: Bench, data: ApplicationData): Promise<Attempt> {
  const to = join(folder, 'peer');
  mkdirSync(to, { recursive: true });
  const archive = join(to, 'peer.tar.zst');
  // Kedge has its archive on the disk when it ends, so must the peer.
  const script = 'tar -C "$1" -cf - . | zstd -q -T0 -3 -o "$2" && sync "$2"';
  const run = await runProgram(shell(script, data.folder, archive), { signal });
  const sizeMebibytes = statSync(archive).size / mebibyte;
  rmSync(to, { recursive: true });
  return { ...run, sizeMebibytes };
}

/** Into a fresh repository. */
async function backUpByTool(
  { folder, signal }: Bench,
  tool: RepositoryTool,
  data: ApplicationData,
): Promise<Attempt> {
  using repository = await Repository.create(tool, join(folder, 'peer'), signal);
  const run = await repository.backUp('one', data.folder);
  return { ...run, sizeMebibytes: repository.mebibytes() };
}

/** How long each step of the job took, as seen from outside. */
function stepRows(attempts: readonly Attempt[]): readonly Row[] {
  const names = new Set(attempts.flatMap(({ steps }) => [...(steps?.keys() ?? [])]));
  return [...names].map((name) =>
    measured(
      `  of it: ${name}`,
      's',
      attempts.flatMap((attempt) => durationOf(attempt, name)),
    ),
  );
}

function durationOf({ steps, seconds: end }: Attempt, name: string): readonly number[] {
  const from = steps?.get(name);
  if (steps === undefined || from === undefined) return [];
  const later = [...steps.values()].filter((at) => at > from);
  return [Math.min(end, ...later) - from];
}

const seconds = (attempt: Attempt): number => attempt.seconds;
const processor = (attempt: Attempt): number => attempt.processorSeconds;
const size = (attempt: Attempt): number => attempt.sizeMebibytes;
const memory = (attempt: Attempt): number => attempt.peakMebibytes;
