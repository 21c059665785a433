import type { Alarm } from '../../../protocol/domain/alarm.ts';
import { type Backup, isGood } from '../../../protocol/domain/backup.ts';
import type { Job } from '../../../protocol/domain/job.ts';
import type { Report } from '../../../protocol/domain/report.ts';
import type { RunOutcome, Schedule } from '../../../protocol/domain/schedule.ts';
import type { Problem } from '../../../protocol/domain/snapshot.ts';
import type { SpacePlace } from '../../../protocol/domain/space.ts';
import type { ByteSample } from '../../state/byte-samples.ts';

interface ScheduledRun {
  readonly schedule: string;
  readonly outcome: RunOutcome;
}

/** All that a report is made of; whoever has it gathers it. */
export interface ReportFacts {
  readonly application: { readonly name: string; readonly contact?: string | undefined };
  readonly host: string;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly schedules: readonly Schedule[];
  /** Of slots within these days. */
  readonly runs: readonly ScheduledRun[];
  /** Backups and drills that no schedule asked for, within these days. */
  readonly jobs: readonly Job[];
  /** Of this installation. */
  readonly backups: readonly Backup[];
  /** Fulls that were not read through for a month. */
  readonly unverified: number;
  readonly bytesBefore: ByteSample | undefined;
  readonly bytesNow: number;
  readonly space: readonly SpacePlace[];
  readonly alarms: readonly Alarm[];
  readonly problems: readonly Problem[];
}

export function buildReport(facts: ReportFacts): Report {
  const { application, backups, fromMs, untilMs, bytesBefore, bytesNow } = facts;
  const listed = backups.filter(({ presence }) => presence !== 'missing');
  const newestGood = newest(listed.filter(isGood), ({ capturedAtMs }) => capturedAtMs);
  const lastProven = newest(listed, ({ proven }) => proven?.atMs);
  const made = listed.filter(({ capturedAtMs }) => isWithin(facts, capturedAtMs));
  return {
    application: application.name,
    host: facts.host,
    fromMs,
    untilMs,
    schedules: facts.schedules.map((schedule) => runsOf(schedule, facts.runs)),
    byHand: byHand(facts.jobs),
    ...(application.contact === undefined ? {} : { contact: application.contact }),
    ...(newestGood === undefined ? {} : { newestGood }),
    ...(lastProven === undefined ? {} : { lastProven }),
    verified: backups.filter(
      ({ proof }) => proof.kind === 'verified' && isWithin(facts, proof.atMs),
    ).length,
    damaged: listed.filter(isDamaged).length,
    unverified: facts.unverified,
    drills: drillsOf(facts.jobs),
    bytesBefore: bytesBefore?.bytes ?? bytesNow,
    ...(bytesBefore === undefined ? {} : { beforeMs: bytesBefore.atMs }),
    bytesNow,
    made: { backups: made.length, bytes: made.reduce((sum, one) => sum + one.sizeBytes, 0) },
    space: facts.space,
    alarms: facts.alarms.filter(
      ({ state, curedMs = 0 }) => state !== 'cured' || isWithin(facts, curedMs),
    ),
    problems: facts.problems,
  };
}

function isWithin({ fromMs, untilMs }: ReportFacts, atMs: number): boolean {
  return atMs >= fromMs && atMs <= untilMs;
}

function newest(
  backups: readonly Backup[],
  at: (backup: Backup) => number | undefined,
): Backup | undefined {
  return backups
    .filter((backup) => at(backup) !== undefined)
    .reduce<Backup | undefined>(
      (best, backup) => (best === undefined || (at(best) ?? 0) < (at(backup) ?? 0) ? backup : best),
      undefined,
    );
}

function isDamaged({ proof, integrity }: Backup): boolean {
  return proof.kind === 'damaged' || integrity === 'damaged';
}

/** Those that run or wait have no outcome yet and are in none of the numbers. */
function runsOf(schedule: Schedule, runs: readonly ScheduledRun[]): Report['schedules'][number] {
  const own = runs.filter((run) => run.schedule === schedule.id);
  const count = (outcome: RunOutcome): number =>
    own.filter((run) => run.outcome === outcome).length;
  const cancelled = count('cancelled');
  const skipped = count('skipped');
  return {
    id: schedule.id,
    words: schedule.words,
    complete: count('complete'),
    withGaps: count('complete with named gaps'),
    failed: count('failed'),
    missed: count('missed'),
    ...(cancelled === 0 ? {} : { cancelled }),
    ...(skipped === 0 ? {} : { skipped }),
    ...(schedule.nextMs === undefined ? {} : { nextMs: schedule.nextMs }),
    ...(schedule.settings.paused === true ? { paused: true } : {}),
  };
}

function byHand(jobs: readonly Job[]): NonNullable<Report['byHand']> {
  const backups = jobs.filter(({ kind, origin }) => kind === 'backup' && origin === 'manual');
  const withGaps = backups.filter(({ state }) => outcomeOf(state) === 'complete with named gaps');
  const complete = backups.filter(({ state }) => outcomeOf(state) === 'complete');
  const failed = backups.filter(({ state }) => state.kind === 'failed');
  return { complete: complete.length, withGaps: withGaps.length, failed: failed.length };
}

function outcomeOf(state: Job['state']): string | undefined {
  return state.kind === 'done' && state.result.kind === 'backup'
    ? state.result.backup.outcome
    : undefined;
}

function drillsOf(jobs: readonly Job[]): NonNullable<Report['drills']> {
  const drills = jobs.filter(({ kind }) => kind === 'drill').map(({ state }) => state);
  const passed = drills.filter((state) => outcomeOfDrill(state) === 'proven').length;
  const failed = drills.filter(
    (state) => state.kind === 'failed' || outcomeOfDrill(state) === 'failed',
  ).length;
  return { passed, failed };
}

function outcomeOfDrill(state: Job['state']): string | undefined {
  return state.kind === 'done' && state.result.kind === 'drill'
    ? state.result.drill.outcome
    : undefined;
}
