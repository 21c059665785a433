import type { Backup } from '../../protocol/domain/backup.ts';
import type { Job } from '../../protocol/domain/job.ts';
import type { Undo } from '../../protocol/domain/restore.ts';
import type { Run, Schedule } from '../../protocol/domain/schedule.ts';
import type { Service } from '../../protocol/domain/service.ts';
import type { Store } from '../../protocol/domain/snapshot.ts';
import { wordFailure } from '../../protocol/failures.ts';
import type { ConfigProblem } from '../../protocol/methods/config.ts';
import { type FoundProblem, neverMs } from '../alarms/found-problem.ts';
import { wordBytes } from '../os/word-bytes.ts';
import { backupProblems } from './backup-problems.ts';
import { comesAgain } from './comes-again.ts';
import { type KeptDown, serviceHint } from './service-hint.ts';

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
  readonly keptDown: KeptDown;
  /** Why the clock is not trusted; absent: it is. */
  readonly clockDoubt?: string | undefined;
}

/** What is wrong now, worst first; when each began is kept by the caller. */
export function findProblems(input: ProblemInput): readonly FoundProblem[] {
  const found = [
    ...input.config.problems.map((problem, index) =>
      configProblem(input.config.path, problem, index),
    ),
    ...fullState(input.state),
    ...input.stores.filter((store) => store.state === 'offline').map(offlineStore),
    ...input.services.filter(isSick).map((service) => sickService(service, input)),
    ...input.failedJobs
      .filter((job) => !comesAgain(job, input.backups))
      .flatMap((job) => failedJob(job, input.schedules)),
    ...failedRuns(input),
    ...backupProblems(input.backups),
    ...input.undos.filter(({ state }) => state === 'gone').map(lostUndo),
    ...noSchedule(input),
    ...doubtedClock(input.clockDoubt),
  ];
  return found.toSorted((a, b) => a.severity.localeCompare(b.severity));
}

function configProblem(path: string, problem: ConfigProblem, index: number): FoundProblem {
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

function fullState({ folder, freeBytes }: ProblemInput['state']): FoundProblem[] {
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

function offlineStore(store: Store): FoundProblem {
  return {
    id: `store-${store.id}`,
    severity: 'error',
    text: `destination "${store.id}" is offline: ${store.why ?? 'not reachable'}`,
    place: store.path,
    hint: 'Mount it. Nothing is written there until then.',
  };
}

export function isSick(service: Service): boolean {
  return ['ill', 'failed', 'flapping', 'stopped'].includes(service.health);
}

function sickService(
  service: Service,
  { services, servicesInHand, keptDown }: ProblemInput,
): FoundProblem {
  return {
    id: `service-${service.id}`,
    severity: service.health === 'stopped' ? 'warning' : 'error',
    text: `service "${service.id}" is ${service.health}${reasonOf(service)}`,
    place: service.id,
    hint: serviceHint(service, services, keptDown),
    ...(servicesInHand ? { inHand: servicesInHand } : {}),
  };
}

/** Of one that was stopped there is no more to say. */
function reasonOf({ health, why }: Service): string {
  return why === health ? '' : `: ${why}`;
}

function failedJob(job: Job, schedules: readonly Schedule[]): FoundProblem[] {
  if (job.state.kind !== 'failed') return [];
  const { message, hint } = wordFailure(job.state.failure);
  const found = {
    id: `job-${job.kind}-${job.schedule ?? 'manual'}`,
    text: `${job.title} failed: ${message}`,
    place: `job ${job.id}`,
    ...(hint === undefined ? {} : { hint }),
  };
  const ofRun = job.kind === 'backup' && job.schedule !== undefined;
  const run = ofRun ? schedules.find(({ id }) => id === job.schedule)?.lastRun : undefined;
  if (run === undefined || !isTriedAgain(run)) return [{ ...found, severity: 'error' }];
  // Told only once the last try has failed.
  const text = `${found.text}${/[.?!]$/.test(found.text) ? '' : '.'} It is tried again`;
  return [{ ...found, text, severity: 'error', settleMs: neverMs }];
}

function isTriedAgain({ outcome, retryMs, tries = 1 }: Run): boolean {
  return retryMs !== undefined || (tries > 1 && (outcome === 'running' || outcome === 'waiting'));
}

/** Runs that failed before they had a job, or were cancelled for taking too long. */
function failedRuns({ schedules, failedJobs }: ProblemInput): readonly FoundProblem[] {
  return schedules.flatMap(({ id, lastRun }): readonly FoundProblem[] => {
    if (lastRun?.outcome !== 'failed') return [];
    if (failedJobs.some(({ kind, schedule }) => kind === 'backup' && schedule === id)) return [];
    return [
      {
        id: `run-${id}`,
        severity: 'error',
        text: `the last run of schedule "${id}" failed: ${lastRun.note ?? 'it could not be started'}`,
        place: `schedules.${id}`,
        hint: `Take it now with "kedge schedule run ${id}".`,
      },
    ];
  });
}

function lostUndo(undo: Undo): FoundProblem {
  return {
    id: `undo-${undo.id}`,
    severity: 'warning',
    text: `the undo of "${undo.title}" cannot be run any more: its data was removed`,
    hint: 'Restore a backup instead, if you want to go back.',
  };
}

const dayMs = 24 * 3_600_000;

function doubtedClock(doubt: string | undefined): FoundProblem[] {
  if (doubt === undefined) return [];
  return [
    {
      id: 'clock',
      severity: 'warning',
      text: doubt,
      hint: 'See that the clock is right (timedatectl). Schedules and ages go by it.',
    },
  ];
}

function noSchedule(input: ProblemInput): FoundProblem[] {
  if (input.schedules.some((schedule) => schedule.settings.paused !== true)) return [];
  return [
    {
      id: 'no-schedule',
      // Who is still setting things up sees it on the screen, and is not called for it.
      settleMs: 7 * dayMs,
      severity: 'warning',
      text: 'no schedule is active: backups are only made by hand',
      hint: 'Create one on the Schedules screen (4).',
    },
  ];
}
