import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openSession, type Session } from '../../support/kedge.ts';
import type { Bench } from '../bench.ts';
import { type Attempt, against, dropped } from '../measure/attempts.ts';
import { interleave } from '../measure/interleave.ts';
import { measured } from '../measure/rows.ts';
import { type ProgramRun, runProgram } from '../measure/run-program.ts';
import { installedTools, Repository } from '../peers/repository-tool.ts';
import { backUp } from '../product/back-up.ts';
import { makeHome } from '../product/make-home.ts';
import { restoreBackup } from '../product/restore-backup.ts';
import { type RunningKedge, startKedge } from '../product/start-kedge.ts';
import { absentRow, type Row } from '../row.ts';

/** Between two backups. */
export const transactions = 2000;
const mebibyte = 1024 * 1024;

/** What another tool does, and what it is called in the table. */
interface Peer<How> {
  readonly words: string;
  readonly run: How;
}

/** A database in a server, and what administrators use beside Kedge. */
export interface Contestants {
  /** Of the group: names its folders. */
  readonly name: string;
  /** The source as it is configured. */
  readonly source: object;
  /** Each writes all of it to a file, packed. */
  readonly fulls: ReadonlyMap<string, Peer<(file: string) => readonly string[]>>;
  /** Rows of peers that are not installed. */
  readonly absent?: readonly Row[];
  /** All of it as files of its tool, not packed: what a repository of dumps is given, and what is loaded. */
  readonly dump: Peer<(folder: string, signal: AbortSignal) => Promise<ProgramRun>>;
  /** So many transactions. */
  work(count: number): void;
  /** Of such a dump into a new database, which is dropped again; seconds. */
  readonly load: Peer<(folder: string, signal: AbortSignal) => Promise<number>>;
}

interface Contest {
  readonly bench: Bench;
  readonly who: Contestants;
  readonly kedge: RunningKedge;
  readonly session: Session;
}

/** Full, differential and restore of a database in a server, against what administrators use. */
export async function databaseContest(bench: Bench, who: Contestants): Promise<readonly Row[]> {
  const sources = { database: who.source };
  const { home } = await makeHome(join(bench.folder, who.name), undefined, { sources });
  await using kedge = await startKedge(home, bench.signal);
  using session = await openSession(kedge.socket);
  const contest = { bench, who, kedge, session };
  return [
    ...(await fulls(contest)),
    ...(await differentials(contest)),
    ...(await restores(contest)),
  ];
}

async function fulls({ bench, who, kedge, session }: Contest): Promise<readonly Row[]> {
  const { signal, folder } = bench;
  const file = join(folder, `${who.name}-peer`);
  const contestants = new Map([
    ['kedge', async () => dropped(await backUp(kedge, session, signal))],
    ...[...who.fulls].map(
      ([key, { run }]) => [key, async () => await made(file, run(file), signal)] as const,
    ),
  ]);
  bench.say(`full: ${[...contestants.keys()].join(', ')}`);
  const attempts = await interleave<Attempt>(bench.runs, contestants, signal);
  const rows = [...who.fulls].flatMap(([key, { words }]) => against('full', attempts, key, words));
  return [...rows, ...(who.absent ?? [])];
}

async function made(file: string, argv: readonly string[], signal: AbortSignal): Promise<Attempt> {
  const { seconds } = await runProgram(argv, { signal });
  const mebibytes = statSync(file).size / mebibyte;
  rmSync(file);
  return { seconds, mebibytes };
}

/** What was dumped once more is what a repository of dumps is given. */
async function differentials(contest: Contest): Promise<readonly Row[]> {
  const { bench, who, kedge, session } = contest;
  const { signal, folder } = bench;
  await backUp(kedge, session, signal);
  const restic = installedTools().get('restic');
  const first =
    restic && (await Repository.create(restic, join(folder, `${who.name}-first`), signal));
  const dump = dumpFolder(contest);
  if (first !== undefined) {
    await dumped(contest);
    await first.backUp('first', dump);
  }
  who.work(transactions);
  bench.say(`after ${transactions} transactions: kedge, ${who.dump.words} with restic`);
  const contestants = new Map([
    ['kedge', async () => dropped(await backUp(kedge, session, signal, 'differential'))],
  ]);
  if (first !== undefined)
    contestants.set('restic', async () => {
      const before = await dumped(contest);
      using repository = first.copyTo(join(folder, `${who.name}-second`));
      const { seconds } = await repository.backUp('second', dump);
      const mebibytes = repository.mebibytes() - first.mebibytes();
      return { seconds: before.seconds + seconds, mebibytes };
    });
  const attempts = await interleave(bench.runs, contestants, signal);
  first?.[Symbol.dispose]();
  if (first === undefined) return [absentRow('differential against restic', 'not installed')];
  return against('differential', attempts, 'restic', `${who.dump.words}, restic`);
}

const dumpFolder = ({ bench, who }: Contest): string => join(bench.folder, `${who.name}-dump`);

async function dumped(contest: Contest): Promise<ProgramRun> {
  const to = dumpFolder(contest);
  rmSync(to, { recursive: true, force: true });
  mkdirSync(dirname(to), { recursive: true });
  return await contest.who.dump.run(to, contest.bench.signal);
}

async function restores(contest: Contest): Promise<readonly Row[]> {
  const { bench, who, kedge, session } = contest;
  const { signal } = bench;
  const { backup } = await backUp(kedge, session, signal, 'differential');
  await dumped(contest);
  bench.say(`restore: kedge, ${who.load.words}`);
  const downtimes: number[] = [];
  const restored = async (): Promise<number> => {
    const { seconds, downtimeMs } = await restoreBackup(kedge, session, backup, signal);
    downtimes.push(downtimeMs / 1000);
    return seconds;
  };
  const contestants = new Map([
    ['kedge', restored],
    ['peer', async () => await who.load.run(dumpFolder(contest), signal)],
  ]);
  const attempts = await interleave<number>(bench.runs, contestants, signal);
  return [
    measured('restore, all of it', 's', attempts.get('kedge') ?? [], {
      peer: [`${who.load.words} into a new one`, attempts.get('peer') ?? []],
    }),
    measured('  of it: nobody gets in', 's', downtimes, {
      budget: { of: 'value', must: 1, goal: 0.3 },
    }),
  ];
}
