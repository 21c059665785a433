import type { Alarm } from '../../protocol/domain/alarm.ts';
import { type Backup, isGood } from '../../protocol/domain/backup.ts';
import type { Job } from '../../protocol/domain/job.ts';
import type { Recurrence } from '../../protocol/domain/schedule.ts';
import { nextRun } from '../schedule/next-run.ts';
import type { MessageBody } from './message.ts';

export interface SummaryFacts {
  readonly nowMs: number;
  /** Of the summary before it, or since when there are any. */
  readonly sinceMs: number;
  /** Backups of all schedules, whatever came of them. */
  readonly jobs: readonly Job[];
  readonly backups: readonly Backup[];
  /** Open and acknowledged. */
  readonly alarms: readonly Alarm[];
}

const recurrences: Readonly<Record<'daily' | 'weekly', Recurrence>> = {
  daily: { every: 'day', at: '08:00' },
  weekly: { every: 'week', on: 'monday', at: '08:00' },
};

/** Whether one was due between the last and now; several that were missed are one. */
export function summaryIsDue(
  every: 'daily' | 'weekly',
  zone: string,
  lastMs: number,
  nowMs: number,
): boolean {
  return nextRun(recurrences[every], zone, lastMs) <= nowMs;
}

/** "All is well" where it is: who gets no such mail knows that it is not. */
export function summaryOf(facts: SummaryFacts): MessageBody {
  const { alarms, backups, nowMs, sinceMs } = facts;
  const runs = facts.jobs.filter(
    ({ kind, schedule, createdAtMs }) =>
      kind === 'backup' && schedule !== undefined && createdAtMs >= sinceMs,
  );
  const bad = runs.filter(({ state }) => state.kind === 'failed' || state.kind === 'cancelled');
  const well = alarms.length === 0 && bad.length === 0 && runs.length > 0;
  const words = [
    counted(runs.length, 'run', 'runs'),
    ...(bad.length === 0 ? [] : [`${bad.length} of them failed`]),
    ...(alarms.length === 0 ? [] : [counted(alarms.length, 'problem', 'problems')]),
  ].join(', ');
  const good = backups.filter(isGood).toSorted((a, b) => b.capturedAtMs - a.capturedAtMs)[0];
  const provenMs = backups.reduce((last, { proven }) => Math.max(last, proven?.atMs ?? 0), 0);
  return {
    what: 'summary',
    title: `${well ? 'all is well' : 'not all is well'}: ${words}`,
    lines: [
      `From ${wordDay(sinceMs)} to ${wordDay(nowMs)}: ${words}.`,
      good === undefined
        ? 'There is no good backup.'
        : `The newest good backup: ${good.path}, of ${wordDay(good.capturedAtMs)}.`,
      provenMs === 0
        ? 'No drill has passed yet: no backup was tried by restoring it.'
        : `The last drill passed: ${wordDay(provenMs)}.`,
      ...alarms.map(
        ({ severity, text, sinceMs: from }) =>
          `${severity === 'error' ? 'ERROR' : 'Warning'} since ${wordDay(from)}: ${text}`,
      ),
    ],
  };
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function wordDay(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
