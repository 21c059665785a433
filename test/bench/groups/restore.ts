import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { consentsOf } from '../../../protocol/domain/restore-safety.ts';
import { restorePlan, restoreRun } from '../../../protocol/methods/restore.ts';
import { openSession, type Session } from '../../support/kedge.ts';
import type { Bench } from '../bench.ts';
import type { ApplicationData } from '../data/application-data.ts';
import { interleave } from '../measure/interleave.ts';
import { measured } from '../measure/rows.ts';
import { type ProgramRun, runProgram, shell } from '../measure/run-program.ts';
import { touchFreeMemory } from '../measure/touch-memory.ts';
import { installedTools, Repository } from '../peers/repository-tool.ts';
import { backUp } from '../product/back-up.ts';
import { applicationName, makeHome } from '../product/make-home.ts';
import { resultOf, runJob } from '../product/run-job.ts';
import { type RunningKedge, startKedge } from '../product/start-kedge.ts';
import { absentRow, type Row } from '../row.ts';

/** The first step after everything is unpacked, checked and durable beside the live data. */
const firstStepAfterStaging = 'stop services';

interface Attempt {
  readonly staging: number;
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly peakMebibytes: number;
  readonly planning: number;
  readonly downtime: number;
}

/**
 * A restore over the live data, without its safety backup, against unpacking the same archive by tar. Nothing is removed
 * before the bench ends: ext4 without a journal looks at each inode deleted in the last minutes whenever it makes one,
 * which cost the tool after a removal of 3,000 files up to twice its time.
 */
export async function restore(bench: Bench): Promise<readonly Row[]> {
  const data = await bench.data();
  const { home } = await makeHome(join(bench.folder, 'restore'), data);
  await using kedge = await startKedge(home, bench.signal);
  using session = await openSession(kedge.socket);
  const { backup } = await backUp(kedge, session, bench.signal);
  bench.say('kedge, tar --zstd -x');
  const ours: Attempt[] = [];
  const tar: ProgramRun[] = [];
  await using repositories = new AsyncDisposableStack();
  const restic = await resticOf(bench, data);
  if (restic !== undefined) repositories.use(restic);
  const others: ProgramRun[] = [];
  const contestants = new Map([
    ['kedge', async () => void ours.push(await restoreByKedge(bench, kedge, session, backup))],
    ['tar', async () => void tar.push(await unpackByTar(bench, backup.path))],
  ]);
  if (restic !== undefined) {
    contestants.set('restic', async () => void others.push(await unpack(bench, restic)));
  }
  await interleave(bench.runs, contestants, bench.signal);
  moveUndos(data, bench.folder);
  return [...rowsOf(ours, tar), resticRow(ours, others)];
}

async function resticOf(
  { folder, signal }: Bench,
  data: ApplicationData,
): Promise<Repository | undefined> {
  const tool = installedTools().get('restic');
  if (tool === undefined) return undefined;
  const repository = await Repository.create(tool, join(folder, 'restic-peer'), signal);
  await repository.backUp('one', data.folder);
  return repository;
}

async function unpack({ folder }: Bench, repository: Repository): Promise<ProgramRun> {
  return await repository.restore('one', mkdtempSync(join(folder, 'unpacked-')));
}

function resticRow(ours: readonly Attempt[], others: readonly ProgramRun[]): Row {
  if (others.length === 0) return absentRow('unpack and verify against restic', 'not installed');
  return measured(
    'unpack and verify against restic',
    's',
    ours.map(({ staging }) => staging),
    {
      peer: ['restic restore', others.map(({ seconds }) => seconds)],
      budget: { of: 'ratio', must: 1.2, goal: 0.9 },
    },
  );
}

function rowsOf(ours: readonly Attempt[], tar: readonly ProgramRun[]): readonly Row[] {
  const peer = ['tar --zstd -x', tar.map(({ seconds }) => seconds)] as const;
  const of = (key: keyof Attempt): number[] => ours.map((attempt) => attempt[key]);
  return [
    measured('unpack, verify, make durable (no downtime)', 's', of('staging'), {
      peer,
      budget: { of: 'ratio', must: 1, goal: 0.8 },
    }),
    measured('the whole job: undo, exchange, check too', 's', of('seconds'), { peer }),
    measured('processor time of the whole job', 's', of('processorSeconds'), {
      peer: ['tar --zstd -x', tar.map(({ processorSeconds }) => processorSeconds)],
    }),
    measured('  of it: services down', 's', of('downtime')),
    measured('the plan before it (compares all data)', 's', of('planning')),
    measured('peak memory of the job', 'MiB', of('peakMebibytes'), {
      budget: { of: 'value', must: 200, goal: 128 },
    }),
  ];
}

async function restoreByKedge(
  { signal }: Bench,
  kedge: RunningKedge,
  session: Session,
  { id }: Backup,
): Promise<Attempt> {
  const asked = session.call(restorePlan, {
    requestId: randomUUID(),
    backup: { kind: 'id', id },
    // It is a backup like others, measured as such; peers take none.
    choices: { withoutSafetyBackup: true },
  });
  const planning = await runJob(kedge, session, asked, signal);
  const { plan } = resultOf(planning, 'plan');
  // What was made ready before the plan may have gone back to the host during it.
  await touchFreeMemory(signal);
  const started = session.call(restoreRun, {
    requestId: randomUUID(),
    plan: plan.id,
    confirmation: applicationName,
    consents: consentsOf(plan.choices),
  });
  const run = await runJob(kedge, session, started, signal);
  const { outcome, downtimeMs } = resultOf(run, 'restore').restore;
  if (outcome !== 'restored') throw new Error(`the restore ended as "${outcome}"`);
  const staging = run.steps.get(firstStepAfterStaging) ?? run.seconds - downtimeMs / 1000;
  return { ...run, staging, planning: planning.seconds, downtime: downtimeMs / 1000 };
}

async function unpackByTar({ folder, signal }: Bench, archive: string): Promise<ProgramRun> {
  const to = mkdtempSync(join(folder, 'unpacked-'));
  const script = 'tar --zstd -xf "$1" -C "$2" && sync -f "$2"';
  return await runProgram(shell(script, archive, to), { signal });
}

/** What restores keep beside the live data; tar would take it for data in the groups that follow. */
function moveUndos({ folder, database }: ApplicationData, to: string): void {
  for (const place of [folder, dirname(database), join(folder, 'settings')]) {
    for (const name of readdirSync(place)) {
      if (name.startsWith('.kedge'))
        renameSync(join(place, name), join(mkdtempSync(join(to, 'undo-')), name));
    }
  }
}
