import type { Backup } from '../../protocol/domain/backup.ts';
import type { Job } from '../../protocol/domain/job.ts';
import type { Undo } from '../../protocol/domain/restore.ts';
import type { Schedule } from '../../protocol/domain/schedule.ts';
import type { Service } from '../../protocol/domain/service.ts';
import type { Problem, Store } from '../../protocol/domain/snapshot.ts';
import { wordFailure } from '../../protocol/failures.ts';
import type { ConfigProblem } from '../../protocol/methods/config.ts';
import { wordBytes } from '../os/word-bytes.ts';
import { comesAgain } from './comes-again.ts';

export interface ProblemInput {
  readonly nowMs: number;
  readonly config: { readonly path: string; readonly problems: readonly ConfigProblem[] };
  /** Where Kedge writes down what it does. */
  readonly state: { readonly folder: string; readonly freeBytes: number };
  readonly stores: readonly Store[];
  readonly services: readonly Service[];
  readonly schedules: readonly Schedule[];
  readonly backups: readonly Backup[];
  /** The newest backup or verify job of each schedule and by hand, when it failed. */
  readonly failedJobs: readonly Job[];
  readonly undos: readonly Undo[];
  /** A restore or a reset is stopping and starting them now. */
  readonly servicesInHand: boolean;
}

type Found = Omit<Problem, 'sinceMs'>;

/** What is wrong now, worst first; when each began is kept by the caller. */
export function findProblems(input: ProblemInput): readonly Found[] {
  const found = [
    ...input.config.problems.map((problem, index) =>
      configProblem(input.config.path, problem, index),
    ),
    ...fullState(input.state),
    ...input.stores.filter((store) => store.state === 'offline').map(offlineStore),
    ...(input.servicesInHand ? [] : input.services.filter(isSick).map(sickService)),
    ...input.failedJobs
      .filter((job) => !comesAgain(job, input.backups))
      .flatMap(failedJob),
    ...input.backups.filter(isDamaged).map(damagedBackup),
    ...failedDrills(input.backups),
    ...lostFulls(input.backups),
    ...input.undos.filter(({ state }) => state === 'gone').map(lostUndo),
    ...noSchedule(input),
  ];
  return found.toSorted((a, b) => a.severity.localeCompare(b.severity));
}

function configProblem(path: string, problem: ConfigProblem, index: number): Found {
  return {
    id: `config-${index}`,
    severity: 'error',
    text: problem.message,
    place: `${path}:${problem.line}:${problem.column}`,
    hint: 'The last good configuration stays in force until this is put right.',
  };
}

/** Less than a day of jobs and their logs takes at the worst, bytes. */
const littleForState = 16 * 1024 * 1024;

function fullState({ folder, freeBytes }: ProblemInput['state']): Found[] {
  if (freeBytes >= littleForState) return [];
  return [
    {
      id: 'state-full',
      severity: 'error',
      text: `there is hardly any room for Kedge's own records: ${wordBytes(freeBytes)} free`,
      place: folder,
      hint: 'Free some space there. Without it no job can be started.',
    },
  ];
}

function offlineStore(store: Store): Found {
  return {
    id: `store-${store.id}`,
    severity: 'error',
    text: `destination "${store.id}" is offline: ${store.why ?? 'not reachable'}`,
    place: store.path,
    hint: 'Mount it. Nothing is written there until then.',
  };
}

function isSick(service: Service): boolean {
  return ['ill', 'failed', 'flapping', 'stopped'].includes(service.health);
}

function sickService(service: Service): Found {
  return {
    id: `service-${service.id}`,
    severity: service.health === 'stopped' ? 'warning' : 'error',
    text: `service "${service.id}" is ${service.health}: ${service.why}`,
    place: service.id,
    hint: 'Reset the services (R).',
  };
}

function failedJob(job: Job): Found[] {
  if (job.state.kind !== 'failed') return [];
  const { message, hint } = wordFailure(job.state.failure);
  return [
    {
      id: `job-${job.kind}-${job.schedule ?? 'manual'}`,
      severity: 'error',
      text: `${job.title} failed: ${message}`,
      place: `job ${job.id}`,
      ...(hint === undefined ? {} : { hint }),
    },
  ];
}

function isDamaged(backup: Backup): boolean {
  return backup.proof.kind === 'damaged' || backup.integrity === 'damaged';
}

function damagedBackup(backup: Backup): Found {
  const why =
    backup.proof.kind === 'damaged'
      ? backup.proof.problem
      : (backup.integrityProblem ?? 'the database in it fails its integrity check');
  return {
    id: `backup-${backup.id}`,
    severity: 'error',
    text: `backup ${backup.id.slice(0, 8)} is damaged: ${why}`,
    place: backup.path,
    hint: 'Take a new full backup; do not count on this one.',
  };
}

/** Until a drill passes, of whatever backup: a host that does not start on one copy starts on none. */
function failedDrills(backups: readonly Backup[]): readonly Found[] {
  const passedMs = Math.max(0, ...backups.map(({ proven }) => proven?.atMs ?? 0));
  return backups.flatMap(({ id, path, drillFailed }) =>
    drillFailed === undefined || drillFailed.atMs < passedMs
      ? []
      : [
          {
            id: `drill-${id}`,
            severity: 'error',
            text: `the drill of backup ${id.slice(0, 8)} failed: ${drillFailed.problem}`,
            place: path,
            hint: `Put it right and drill again: kedge drill ${id.slice(0, 8)}.`,
          },
        ],
  );
}

/** One problem a full, however many differentials lie there without it. */
function lostFulls(backups: readonly Backup[]): readonly Found[] {
  const fulls = new Map(backups.map((backup) => [backup.id, backup]));
  const lost = new Map<string, Backup[]>();
  for (const backup of backups) {
    if (backup.base === undefined || backup.presence !== 'present') continue;
    // A full in a destination that is offline comes back with that.
    const presence = fulls.get(backup.base)?.presence ?? 'missing';
    if (presence !== 'missing') continue;
    lost.set(backup.base, [...(lost.get(backup.base) ?? []), backup]);
  }
  return [...lost].map(([base, needing]) => lostFull(base, needing));
}

function lostFull(base: string, needing: readonly Backup[]): Found {
  const [first] = needing;
  const which =
    needing.length === 1
      ? `differential ${first?.id.slice(0, 8)} can't be restored: its`
      : `${needing.length} differentials can't be restored: their`;
  return {
    id: `base-${base}`,
    severity: 'error',
    text: `${which} full "${first?.baseName ?? base}" is not there`,
    place: first?.path ?? base,
    hint: 'Bring that full back beside it, under any name.',
  };
}

function lostUndo(undo: Undo): Found {
  return {
    id: `undo-${undo.id}`,
    severity: 'warning',
    text: `the undo of "${undo.title}" cannot be run any more: its data was removed`,
    hint: 'Restore a backup instead, if you want to go back.',
  };
}

function noSchedule(input: ProblemInput): Found[] {
  if (input.schedules.some((schedule) => schedule.settings.paused !== true)) return [];
  return [
    {
      id: 'no-schedule',
      severity: 'warning',
      text: 'no schedule is active: backups are only made by hand',
      hint: 'Create one on the Schedules screen (4).',
    },
  ];
}
