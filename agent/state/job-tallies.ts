import * as z from 'zod';
import { type Job, JobKind, type JobResult } from '../../protocol/domain/job.ts';
import type { StateDatabase } from './state-database.ts';

/** How often jobs of one kind ended in one way, ever: records of old jobs go, these stay. */
export interface JobTally {
  readonly kind: Job['kind'];
  /** '' where none ordered it. */
  readonly schedule: string;
  /** Of backups "full" or "differential", else ''. */
  readonly variant: string;
  /** "complete", "failed", "cancelled", "rolled back", ... */
  readonly outcome: string;
  readonly count: number;
  /** Of the last one, when it ended, ms, and how long it worked. */
  readonly lastMs: number;
  readonly lastSeconds: number;
}

export interface JobTallies {
  /** A job that has just ended. */
  add(job: Job, order: unknown): void;
  all(): readonly JobTally[];
}

const Row = z.object({
  kind: JobKind,
  schedule: z.string(),
  variant: z.string(),
  outcome: z.string(),
  count: z.number(),
  lastMs: z.number(),
  lastSeconds: z.number(),
});

export function openJobTallies(database: StateDatabase): JobTallies {
  const add = database.prepare(
    `insert into job_tallies values (@kind, @schedule, @variant, @outcome, 1, @lastMs, @lastSeconds)
     on conflict do update set count = count + 1, last_ms = @lastMs, last_seconds = @lastSeconds`,
  );
  const all = database.prepare(
    `select kind, schedule, variant, outcome, count, last_ms as lastMs, last_seconds as lastSeconds
     from job_tallies order by kind, schedule, variant, outcome`,
  );
  return {
    add(job, order) {
      const lastMs = job.finishedAtMs ?? job.createdAtMs;
      add.run({
        kind: job.kind,
        schedule: job.schedule ?? '',
        variant: job.kind === 'backup' ? backupKindOf(job, order) : '',
        outcome: outcomeOf(job),
        lastMs,
        lastSeconds: Math.max(0, lastMs - (job.startedAtMs ?? lastMs)) / 1_000,
      });
    },
    all: () => all.all().map((row) => Row.parse(row)),
  };
}

const DifferentialOrder = z.object({ differential: z.object({ base: z.unknown() }) });

/** Of one that failed: what it was to be. */
function backupKindOf({ state }: Job, order: unknown): 'full' | 'differential' {
  if (state.kind === 'done' && state.result.kind === 'backup') return state.result.backup.kind;
  const asked = DifferentialOrder.safeParse(order);
  return asked.success && asked.data.differential.base !== undefined ? 'differential' : 'full';
}

function outcomeOf({ state }: Job): string {
  return state.kind === 'done' ? outcomeOfResult(state.result) : state.kind;
}

function outcomeOfResult(result: JobResult): string {
  switch (result.kind) {
    case 'backup':
      return result.backup.outcome;
    case 'restore':
      return result.restore.outcome;
    case 'reset':
      return result.reset.outcome;
    case 'drill':
      return result.drill.outcome;
    case 'verify':
      return result.verify.integrity === 'ok' ? 'done' : 'damaged';
    case 'extract':
    case 'diff':
    case 'salvage':
    case 'copy':
    case 'plan':
    case 'undo-preview':
    case 'recover-plan':
      return 'done';
    default:
      return result satisfies never;
  }
}
