import * as z from 'zod';
import { RunKind, RunOutcome } from '../../protocol/domain/schedule.ts';
import type { StateDatabase } from './state-database.ts';

/** One firing of a schedule, or a slot that went by without one. */
export interface RunRecord {
  readonly id: number;
  readonly schedule: string;
  /** Of its slot; of one by hand when it was asked for. Ms UTC. */
  readonly slotMs: number;
  readonly kind: RunKind;
  readonly byHand: boolean;
  readonly outcome: RunOutcome;
  readonly tries: number;
  readonly job?: number;
  /** When it is tried again, ms UTC. */
  readonly retryMs?: number;
  readonly note?: string;
}

export type NewRun = Omit<RunRecord, 'id'>;
export type RunChange = Pick<RunRecord, 'outcome' | 'tries' | 'job' | 'retryMs' | 'note'>;

/** What became of the slots of schedules, and up to which slot each was served. */
export interface Runs {
  add(run: NewRun): RunRecord;
  /** In the place of what it said before. */
  change(id: number, change: RunChange): void;
  /** Slots up to a moment are served, by these runs: all of it is written down or nothing. */
  serve(schedule: string, slotMs: number, runs: readonly NewRun[]): readonly RunRecord[];
  /** Those that run or wait, oldest first. */
  open(): readonly RunRecord[];
  /** Newest first. */
  newest(schedule: string, limit: number): readonly RunRecord[];
  /** The newest of a schedule that was not left out by hand. */
  last(schedule: string): RunRecord | undefined;
  lastComplete(schedule: string): RunRecord | undefined;
  /** The newest that is under way or came to an end by itself: what was missed or cancelled proves nothing. */
  lastTried(schedule: string): RunRecord | undefined;
  /** By slot, oldest first. */
  between(fromMs: number, untilMs: number, limit: number): readonly RunRecord[];
  /** How many were missed, by schedule. */
  missedSince(fromMs: number): ReadonlyMap<string, number>;
  /** The slot that is to be left out, ms UTC. */
  skip(schedule: string): number | undefined;
  setSkip(schedule: string, slotMs: number | undefined): void;
}

const Row = z.object({
  id: z.number(),
  schedule: z.string(),
  slot_ms: z.number(),
  kind: RunKind,
  by_hand: z.number(),
  outcome: RunOutcome,
  tries: z.number(),
  job: z.number().nullable(),
  retry_ms: z.number().nullable(),
  note: z.string().nullable(),
});

const Missed = z.object({ schedule: z.string(), count: z.number() });

export function openRuns(database: StateDatabase): Runs {
  const insert = database.prepare(
    `insert into runs (schedule, slot_ms, kind, by_hand, outcome, tries, job, retry_ms, note)
     values (@schedule, @slotMs, @kind, @byHand, @outcome, @tries, @job, @retryMs, @note)`,
  );
  const update = database.prepare(
    `update runs set outcome = @outcome, tries = @tries, job = @job, retry_ms = @retryMs, note = @note
     where id = @id`,
  );
  const open = database.prepare(
    `select * from runs where outcome in ('running', 'waiting') order by id`,
  );
  const newest = database.prepare('select * from runs where schedule = ? order by id desc limit ?');
  const last = database.prepare(
    `select * from runs where schedule = ? and outcome <> 'skipped' order by id desc limit 1`,
  );
  const lastComplete = database.prepare(
    `select * from runs where schedule = ? and outcome in ('complete', 'complete with named gaps')
     order by id desc limit 1`,
  );
  const lastTried = database.prepare(
    `select * from runs where schedule = ? and outcome not in ('skipped', 'missed', 'cancelled')
     order by id desc limit 1`,
  );
  const between = database.prepare(
    'select * from runs where slot_ms >= ? and slot_ms < ? order by slot_ms, id limit ?',
  );
  const missed = database.prepare(
    `select schedule, count(*) as count from runs where slot_ms >= ? and outcome = 'missed' group by schedule`,
  );
  const savePosition = database.prepare(
    'insert or replace into positions (schedule, slot_ms) values (?, ?)',
  );
  const skip = database.prepare('select slot_ms from skips where schedule = ?').pluck();
  const setSkip = database.prepare(
    'insert or replace into skips (schedule, slot_ms) values (?, ?)',
  );
  const unskip = database.prepare('delete from skips where schedule = ?');

  const add = (run: NewRun): RunRecord => {
    const { lastInsertRowid } = insert.run({ ...run, byHand: run.byHand ? 1 : 0, ...nulls(run) });
    return { ...run, id: Number(lastInsertRowid) };
  };
  const one = (row: unknown): RunRecord | undefined =>
    row === undefined ? undefined : decode(row);
  return {
    add,
    change: (id, change) => void update.run({ ...change, ...nulls(change), id }),
    serve: database.transaction((schedule: string, slotMs: number, runs: readonly NewRun[]) => {
      savePosition.run(schedule, slotMs);
      return runs.map(add);
    }),
    open: () => open.all().map(decode),
    newest: (schedule, limit) => newest.all(schedule, limit).map(decode),
    last: (schedule) => one(last.get(schedule)),
    lastComplete: (schedule) => one(lastComplete.get(schedule)),
    lastTried: (schedule) => one(lastTried.get(schedule)),
    between: (fromMs, untilMs, limit) => between.all(fromMs, untilMs, limit).map(decode),
    missedSince: (fromMs) => new Map(missed.all(fromMs).map(missedRow)),
    skip: (schedule) => z.number().optional().parse(skip.get(schedule)),
    setSkip: (schedule, slotMs) =>
      void (slotMs === undefined ? unskip.run(schedule) : setSkip.run(schedule, slotMs)),
  };
}

function missedRow(raw: unknown): readonly [schedule: string, count: number] {
  const { schedule, count } = Missed.parse(raw);
  return [schedule, count];
}

function nulls({ job, retryMs, note }: RunChange) {
  return { job: job ?? null, retryMs: retryMs ?? null, note: note ?? null };
}

function decode(raw: unknown): RunRecord {
  const row = Row.parse(raw);
  return {
    id: row.id,
    schedule: row.schedule,
    slotMs: row.slot_ms,
    kind: row.kind,
    byHand: row.by_hand === 1,
    outcome: row.outcome,
    tries: row.tries,
    ...(row.job === null ? {} : { job: row.job }),
    ...(row.retry_ms === null ? {} : { retryMs: row.retry_ms }),
    ...(row.note === null ? {} : { note: row.note }),
  };
}
