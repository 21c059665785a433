import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { consentsOf } from '../../../protocol/domain/restore-safety.ts';
import { restorePlan, restoreRun } from '../../../protocol/methods/restore.ts';
import { openSession, type Session } from '../../support/kedge.ts';
import { postgresBin, startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import type { Bench } from '../bench.ts';
import { interleave } from '../measure/interleave.ts';
import { measured } from '../measure/rows.ts';
import { type ProgramRun, runProgram } from '../measure/run-program.ts';
import { installedTools, Repository } from '../peers/repository-tool.ts';
import { backUp, dropArchive } from '../product/back-up.ts';
import { applicationName, makeHome } from '../product/make-home.ts';
import { resultOf, runJob } from '../product/run-job.ts';
import { type RunningKedge, startKedge } from '../product/start-kedge.ts';
import { absentRow, type Row } from '../row.ts';

const mebibyte = 1024 * 1024;
const database = 'bench';
/** Of pgbench: 20 make 300 MB on the server's disk. */
const scales = { quick: 2, whole: 20 };
const transactions = 2000;

interface Attempt {
  readonly seconds: number;
  readonly mebibytes: number;
}

interface Contest {
  readonly bench: Bench;
  readonly server: TestPostgres;
  readonly kedge: RunningKedge;
  readonly session: Session;
}

/** A database of pgbench: full, differential, restore, against what administrators use. */
export async function postgres(bench: Bench): Promise<readonly Row[]> {
  if (postgresBin === undefined) return [absentRow('PostgreSQL', 'not installed')];
  await using server = await startPostgres();
  bench.say('pgbench');
  server.sql(`CREATE DATABASE ${database}`);
  server.run('pgbench', [
    '-i',
    '-q',
    '-s',
    String(bench.quick ? scales.quick : scales.whole),
    database,
  ]);
  const source = { engine: 'postgres', database, socket: server.socket, user: 'postgres' };
  const { home } = await makeHome(join(bench.folder, 'postgres'), undefined, {
    sources: { database: source },
  });
  await using kedge = await startKedge(home, bench.signal);
  using session = await openSession(kedge.socket);
  const contest = { bench, server, kedge, session };
  return [
    ...(await fulls(contest)),
    ...(await differentials(contest)),
    ...(await restores(contest)),
  ];
}

async function fulls({ bench, server, kedge, session }: Contest): Promise<readonly Row[]> {
  const { signal } = bench;
  bench.say('full: kedge, pg_dump -Fc');
  const file = join(bench.folder, 'peer.dump');
  const attempts = await interleave<Attempt>(
    bench.runs,
    new Map([
      ['kedge', async () => dropped(await backUp(kedge, session, signal))],
      ['pg_dump', async () => await custom(server, file, signal)],
    ]),
    signal,
  );
  return against('full', attempts, 'pg_dump', 'pg_dump -Fc');
}

function dropped(run: Awaited<ReturnType<typeof backUp>>): Attempt {
  dropArchive(run);
  return { seconds: run.seconds, mebibytes: run.backup.sizeBytes / mebibyte };
}

async function custom(server: TestPostgres, file: string, signal: AbortSignal): Promise<Attempt> {
  const { seconds } = await tool(server, 'pg_dump', ['-Fc', '-f', file, database], signal);
  const mebibytes = statSync(file).size / mebibyte;
  rmSync(file);
  return { seconds, mebibytes };
}

/** What was dumped once more is what a repository of dumps is given. */
async function differentials(contest: Contest): Promise<readonly Row[]> {
  const { bench, server, kedge, session } = contest;
  const { signal, folder } = bench;
  await backUp(kedge, session, signal);
  const restic = installedTools().get('restic');
  const dump = join(folder, 'peer-dump');
  const first = restic && (await Repository.create(restic, join(folder, 'postgres-first'), signal));
  if (first !== undefined) {
    await folderDump(server, dump, signal);
    await first.backUp('first', dump);
  }
  server.run('pgbench', ['-c', '2', '-j', '2', '-t', String(transactions / 2), database]);
  bench.say(`after ${transactions} transactions: kedge, pg_dump -Fd with restic`);
  const contestants = new Map([
    ['kedge', async () => dropped(await backUp(kedge, session, signal, 'differential'))],
  ]);
  if (first !== undefined)
    contestants.set('restic', async () => {
      const dumped = await folderDump(server, dump, signal);
      using repository = first.copyTo(join(folder, 'postgres-second'));
      const { seconds } = await repository.backUp('second', dump);
      const mebibytes = repository.mebibytes() - first.mebibytes();
      return { seconds: dumped.seconds + seconds, mebibytes };
    });
  const attempts = await interleave(bench.runs, contestants, signal);
  first?.[Symbol.dispose]();
  if (first === undefined) return [absentRow('differential against restic', 'not installed')];
  return against('differential', attempts, 'restic', 'pg_dump -Fd, restic');
}

async function folderDump(
  server: TestPostgres,
  to: string,
  signal: AbortSignal,
): Promise<ProgramRun> {
  rmSync(to, { recursive: true, force: true });
  mkdirSync(join(to, '..'), { recursive: true });
  return await tool(server, 'pg_dump', ['-Fd', '-j', '2', '-Z', '0', '-f', to, database], signal);
}

async function restores(contest: Contest): Promise<readonly Row[]> {
  const { bench, server } = contest;
  const { signal } = bench;
  const { backup } = await backUp(contest.kedge, contest.session, signal, 'differential');
  const dump = join(bench.folder, 'peer-dump');
  await folderDump(server, dump, signal);
  bench.say('restore: kedge, pg_restore -j2');
  const downtimes: number[] = [];
  const attempts = await interleave<number>(
    bench.runs,
    new Map([
      [
        'kedge',
        async () => {
          const { seconds, downtimeMs } = await restore(contest, backup);
          downtimes.push(downtimeMs / 1000);
          return seconds;
        },
      ],
      ['pg_restore', async () => await load(server, dump, signal)],
    ]),
    signal,
  );
  return [
    measured('restore, all of it', 's', attempts.get('kedge') ?? [], {
      peer: ['pg_restore -j2 into a new one', attempts.get('pg_restore') ?? []],
    }),
    measured('  of it: nobody gets in', 's', downtimes, {
      budget: { of: 'value', must: 1, goal: 0.3 },
    }),
  ];
}

async function restore(
  { bench, kedge, session }: Contest,
  { id }: Backup,
): Promise<{ readonly seconds: number; readonly downtimeMs: number }> {
  const asked = session.call(restorePlan, {
    requestId: randomUUID(),
    backup: { kind: 'id', id },
    choices: { withoutSafetyBackup: true },
  });
  const { plan } = resultOf(await runJob(kedge, session, asked, bench.signal), 'plan');
  const started = session.call(restoreRun, {
    requestId: randomUUID(),
    plan: plan.id,
    confirmation: applicationName,
    consents: consentsOf(plan.choices),
  });
  const run = await runJob(kedge, session, started, bench.signal);
  return { seconds: run.seconds, downtimeMs: resultOf(run, 'restore').restore.downtimeMs };
}

async function load(server: TestPostgres, dump: string, signal: AbortSignal): Promise<number> {
  server.sql('CREATE DATABASE peer');
  const { seconds } = await tool(server, 'pg_restore', ['-j', '2', '-d', 'peer', dump], signal);
  server.sql('DROP DATABASE peer');
  return seconds;
}

async function tool(
  server: TestPostgres,
  name: string,
  args: readonly string[],
  signal: AbortSignal,
): Promise<ProgramRun> {
  return await runProgram(server.argvOf(name, args), { signal });
}

function against(
  what: string,
  attempts: ReadonlyMap<string, readonly Attempt[]>,
  key: string,
  name: string,
): readonly Row[] {
  const of = (who: string, figure: keyof Attempt) =>
    (attempts.get(who) ?? []).map((attempt) => attempt[figure]);
  return [
    measured(`${what}, wall`, 's', of('kedge', 'seconds'), { peer: [name, of(key, 'seconds')] }),
    measured(`${what}, size`, 'MiB', of('kedge', 'mebibytes'), {
      peer: [name, of(key, 'mebibytes')],
    }),
  ];
}
