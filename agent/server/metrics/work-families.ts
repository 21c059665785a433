import type { Alarm } from '../../../protocol/domain/alarm.ts';
import type { Job } from '../../../protocol/domain/job.ts';
import type { Schedule } from '../../../protocol/domain/schedule.ts';
import { HealthState, type Service } from '../../../protocol/domain/service.ts';
import type { Problem } from '../../../protocol/domain/snapshot.ts';
import type { JobTally } from '../../state/job-tallies.ts';
import type { MetricFamily } from './metric-text.ts';
import { stateSamples } from './metric-text.ts';

export interface Work {
  readonly schedules: readonly Schedule[];
  readonly tallies: readonly JobTally[];
  /** Within the last 7 days, by schedule. */
  readonly missed: ReadonlyMap<string, number>;
  /** Those at work and those that wait. */
  readonly unfinished: readonly Job[];
  readonly services: readonly Service[];
  readonly problems: readonly Problem[];
  readonly alarms: readonly Alarm[];
}

/** Of what runs, ran and will run. */
export function workFamilies(work: Work): readonly MetricFamily[] {
  const { unfinished, services, problems, alarms } = work;
  const counted = <T>(name: string, help: string, label: string, of: readonly T[], by: Counts<T>) =>
    countFamily({ name, help, label, of, by });
  return [
    ...scheduleFamilies(work),
    ...tallyFamilies(work),
    counted('kedge_jobs_unfinished', 'Jobs at work and jobs that wait.', 'state', unfinished, {
      values: ['running', 'queued'],
      of: (job) => job.state.kind,
    }),
    {
      name: 'kedge_service_health',
      type: 'gauge',
      help: 'Services of the application: 1 for the state each is in.',
      samples: services.flatMap(({ id, role, health }) =>
        stateSamples({ service: id, role }, HealthState.options, health),
      ),
    },
    counted('kedge_problems', 'What stands in PROBLEMS.', 'severity', problems, {
      values: ['error', 'warning'],
      of: ({ severity }) => severity,
    }),
    counted('kedge_alarms', 'Alarms that are not cured.', 'state', alarms, {
      values: ['open', 'acknowledged'],
      of: ({ state }) => state,
    }),
  ];
}

function scheduleFamilies({ schedules, missed }: Work): readonly MetricFamily[] {
  return [
    {
      name: 'kedge_schedule_next_run_timestamp_seconds',
      type: 'gauge',
      help: 'When the next run of a schedule is due.',
      samples: schedules.flatMap(({ id, nextMs, nextKind = 'full' }) =>
        nextMs === undefined
          ? []
          : [{ labels: { schedule: id, kind: nextKind }, value: nextMs / 1_000 }],
      ),
    },
    {
      name: 'kedge_schedule_paused',
      type: 'gauge',
      help: '1 where a schedule is paused.',
      samples: schedules.map(({ id, settings }) => ({
        labels: { schedule: id },
        value: settings.paused === true ? 1 : 0,
      })),
    },
    {
      name: 'kedge_schedule_missed_runs',
      type: 'gauge',
      help: 'Runs whose time fell into the last 7 days, while Kedge did not run, and that were let go.',
      samples: schedules.map(({ id }) => ({
        labels: { schedule: id },
        value: missed.get(id) ?? 0,
      })),
    },
  ];
}

/** Counters of all that ever ended; what was last only of schedules that are still there. */
function tallyFamilies({ tallies, schedules }: Work): readonly MetricFamily[] {
  const known = new Set(['', ...schedules.map(({ id }) => id)]);
  const runs = tallies.filter(({ kind }) => kind === 'backup');
  const last = newestByKind(runs.filter(({ schedule }) => known.has(schedule)));
  const labels = ({ schedule, variant }: JobTally) => ({ schedule, kind: variant });
  return [
    {
      name: 'kedge_runs_total',
      type: 'counter',
      help: 'Backups taken or tried, by schedule (absent: by hand), kind and outcome.',
      samples: runs.map((run) => ({
        labels: { ...labels(run), outcome: run.outcome },
        value: run.count,
      })),
    },
    {
      name: 'kedge_last_run_timestamp_seconds',
      type: 'gauge',
      help: 'When the last backup ended, whatever came of it.',
      samples: last.map((run) => ({ labels: labels(run), value: run.lastMs / 1_000 })),
    },
    {
      name: 'kedge_last_run_duration_seconds',
      type: 'gauge',
      help: 'How long it worked.',
      samples: last.map((run) => ({ labels: labels(run), value: run.lastSeconds })),
    },
    {
      name: 'kedge_jobs_total',
      type: 'counter',
      help: 'Jobs that ended, by kind and outcome.',
      samples: withoutSchedule(tallies),
    },
  ];
}

function newestByKind(runs: readonly JobTally[]): readonly JobTally[] {
  const newest = new Map<string, JobTally>();
  for (const run of runs) {
    const key = `${run.schedule}/${run.variant}`;
    if ((newest.get(key)?.lastMs ?? -1) < run.lastMs) newest.set(key, run);
  }
  return [...newest.values()];
}

function withoutSchedule(tallies: readonly JobTally[]): MetricFamily['samples'] {
  const counts = new Map<string, { kind: string; outcome: string; value: number }>();
  for (const { kind, outcome, count } of tallies) {
    const key = `${kind}/${outcome}`;
    counts.set(key, { kind, outcome, value: (counts.get(key)?.value ?? 0) + count });
  }
  return [...counts.values()].map(({ value, ...labels }) => ({ labels, value }));
}

interface Counts<T> {
  readonly values: readonly string[];
  readonly of: (one: T) => string;
}

/** One sample for each value of a label, also where it is 0: an alert needs something to look at. */
function countFamily<T>(count: {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  readonly of: readonly T[];
  readonly by: Counts<T>;
}): MetricFamily {
  const samples = count.by.values.map((value) => ({
    labels: { [count.label]: value },
    value: count.of.filter((one) => count.by.of(one) === value).length,
  }));
  return { name: count.name, type: 'gauge', help: count.help, samples };
}
