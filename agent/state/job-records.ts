import { basename } from 'node:path';
import * as z from 'zod';
import { Job, type JobState } from '../../protocol/domain/job.ts';
import type { JobTallies } from './job-tallies.ts';
import type { StateDatabase } from './state-database.ts';

/** A job with what it needs to be started again: its order as JSON, and its process once it has one. */
export interface JobRecord {
  readonly job: Job;
  readonly order: unknown;
  readonly process: unknown;
}

const Row = z.object({
  id: z.number(),
  kind: z.string(),
  title: z.string(),
  command: z.string(),
  origin: z.string(),
  schedule: z.string().nullable(),
  job_order: z.string(),
  created_ms: z.number(),
  started_ms: z.number().nullable(),
  finished_ms: z.number().nullable(),
  state: z.string(),
  process: z.string().nullable(),
});

export interface NewJob {
  readonly kind: Job['kind'];
  readonly title: string;
  readonly command: string;
  readonly origin: Job['origin'];
  readonly schedule?: string;
  readonly order: unknown;
}

/** The table of jobs. Progress stays in memory; only changes of the kind of state are written. */
export interface JobRecords {
  add(job: NewJob, nowMs: number): Job;
  started(id: number, nowMs: number, process: unknown): void;
  finished(id: number, nowMs: number, state: JobState): void;
  get(id: number): JobRecord | undefined;
  /** Newest first. */
  page(offset: number, limit: number): readonly Job[];
  count(): number;
  unfinished(): readonly JobRecord[];
  /** The newest job of a kind; of a schedule, or of none where it is not named. */
  newestOf(kind: Job['kind'], schedule?: string): Job | undefined;
  /** The same of those that ended well or failed: one at work has not put right yet what failed before it. */
  newestOutcome(kind: Job['kind'], schedule?: string): Job | undefined;
  /** The newest job of a kind, whoever asked for it. */
  newest(kind: Job['kind']): Job | undefined;
  /** The newest jobs of a kind that ended well, newest first. */
  newestDone(kind: Job['kind'], limit: number): readonly Job[];
  /** The newest of the recoveries of a journal, or of the resets that resume a record, by its path; newest first. */
  newestAbout(path: string, limit: number): readonly Job[];
  /** Jobs that were asked for in [fromMs, untilMs), with their orders, the newest ones, oldest first. */
  askedBetween(fromMs: number, untilMs: number, limit: number): readonly JobRecord[];
  /** Those of a kind that no schedule asked for, in [fromMs, untilMs), newest first. */
  unscheduled(kind: Job['kind'], fromMs: number, untilMs: number, limit: number): readonly Job[];
}

export function openJobRecords(database: StateDatabase, tallies: JobTallies): JobRecords {
  const insert = database.prepare(
    `insert into jobs (kind, title, command, origin, schedule, job_order, created_ms, state)
     values (@kind, @title, @command, @origin, @schedule, @order, @now, '{"kind":"queued"}')`,
  );
  const byId = database.prepare('select * from jobs where id = ?');
  const latest = database.prepare('select * from jobs order by id desc limit ? offset ?');
  const open = database.prepare('select * from jobs where finished_ms is null order by id');
  const start = database.prepare('update jobs set started_ms = ?, process = ? where id = ?');
  const finish = database.prepare('update jobs set finished_ms = ?, state = ? where id = ?');
  const newestOutcome = database.prepare(
    `select * from jobs where kind = ? and schedule is ? and finished_ms is not null
     and json_extract(state, '$.kind') in ('done', 'failed') order by id desc limit 1`,
  );
  const newestOf = database.prepare(
    'select * from jobs where kind = ? and schedule is ? order by id desc limit 1',
  );
  const ofKind = database.prepare('select * from jobs where kind = ? order by id desc limit 1');
  const done = database.prepare(
    `select * from jobs where kind = ? and finished_ms is not null
     and json_extract(state, '$.kind') = 'done' order by id desc limit ?`,
  );
  const about = database.prepare(
    `select * from jobs where kind in ('recovery', 'reset')
     and ? in (json_extract(job_order, '$.journal'), json_extract(job_order, '$.resume'))
     order by id desc limit ?`,
  );
  const between = database.prepare(
    'select * from jobs where created_ms >= ? and created_ms < ? order by id desc limit ?',
  );
  const unscheduled = database.prepare(
    `select * from jobs where kind = ? and schedule is null and created_ms >= ? and created_ms < ?
     order by id desc limit ?`,
  );
  const count = database.prepare('select count(*) from jobs').pluck();

  const get = (id: number): JobRecord | undefined => {
    const row = byId.get(id);
    return row === undefined ? undefined : decode(row);
  };
  const end = database.transaction((id: number, nowMs: number, state: JobState) => {
    const before = get(id);
    finish.run(nowMs, JSON.stringify(state), id);
    if (before === undefined || before.job.finishedAtMs !== undefined) return;
    tallies.add({ ...before.job, finishedAtMs: nowMs, state }, before.order);
  });
  return {
    add(job, nowMs) {
      const { lastInsertRowid } = insert.run({
        ...job,
        schedule: job.schedule ?? null,
        order: JSON.stringify(job.order),
        now: nowMs,
      });
      return decode(byId.get(lastInsertRowid)).job;
    },
    started: (id, nowMs, process) => void start.run(nowMs, JSON.stringify(process), id),
    finished: (id, nowMs, state) => end(id, nowMs, state),
    get,
    page: (offset, limit) => latest.all(limit, offset).map((row) => decode(row).job),
    count: () => Number(count.get()),
    unfinished: () => open.all().map(decode),
    newest(kind) {
      const row = ofKind.get(kind);
      return row === undefined ? undefined : decode(row).job;
    },
    newestDone: (kind, limit) => done.all(kind, limit).map((row) => decode(row).job),
    newestAbout: (path, limit) => about.all(path, limit).map((row) => decode(row).job),
    askedBetween: (fromMs, untilMs, limit) =>
      between.all(fromMs, untilMs, limit).map(decode).reverse(),
    unscheduled: (kind, fromMs, untilMs, limit) =>
      unscheduled.all(kind, fromMs, untilMs, limit).map((row) => decode(row).job),
    newestOutcome(kind, schedule) {
      const row = newestOutcome.get(kind, schedule ?? null);
      return row === undefined ? undefined : decode(row).job;
    },
    newestOf(kind, schedule) {
      const row = newestOf.get(kind, schedule ?? null);
      return row === undefined ? undefined : decode(row).job;
    },
  };
}

function decode(raw: unknown): JobRecord {
  const row = Row.parse(raw);
  const order: unknown = JSON.parse(row.job_order);
  const settles = settledBy(order);
  const job = Job.parse({
    id: row.id,
    kind: row.kind,
    title: row.title,
    command: row.command,
    origin: row.origin,
    ...(row.schedule === null ? {} : { schedule: row.schedule }),
    createdAtMs: row.created_ms,
    ...(row.started_ms === null ? {} : { startedAtMs: row.started_ms }),
    ...(row.finished_ms === null ? {} : { finishedAtMs: row.finished_ms }),
    ...(settles === undefined ? {} : { settles }),
    state: JSON.parse(row.state),
  });
  return {
    job,
    order,
    process: row.process === null ? undefined : JSON.parse(row.process),
  };
}

const Recovery = z.object({ kind: z.literal('recovery'), journal: z.string() });

/** The job whose journal it is. */
function settledBy(order: unknown): number | undefined {
  const recovery = Recovery.safeParse(order);
  if (!recovery.success) return undefined;
  const job = Number.parseInt(basename(recovery.data.journal), 10);
  return Number.isNaN(job) ? undefined : job;
}
