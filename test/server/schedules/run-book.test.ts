import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Due } from '../../../agent/schedule/due-runs.ts';
import type { Daemon } from '../../../agent/server/daemon.ts';
import { describeRun } from '../../../agent/server/schedules/describe-run.ts';
import { keepRunBook, type RunBook } from '../../../agent/server/schedules/run-book.ts';
import { openState, type State } from '../../../agent/state/state.ts';
import type { Job, JobState } from '../../../protocol/domain/job.ts';
import type { RunKind, ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const minute = 60_000;
const start = Date.UTC(2026, 10, 22, 2);
const nightly: ScheduleSettings = {
  full: { every: 'day', at: '02:00' },
  store: 'local',
  zone: 'UTC',
};

let folder: ReturnType<typeof tempFolder>;
let state: State;
let book: RunBook;
let nowMs: number;
let settings: ScheduleSettings | undefined;
let submitted: Job[];
let cancelled: number[];
let logged: string[];
let backups: readonly object[];
let refusal: Error | undefined;
let closing: boolean;

const daemon = (): Daemon =>
  ({
    state,
    now: () => nowMs,
    log: { write: (level: string, text: string) => logged.push(`${level}: ${text}`) },
    config: () => ({ application: { id: 'shop' } }),
    backups: { all: () => backups, refresh: async () => undefined },
    jobs: {
      isClosing: () => closing,
      submit(order: Parameters<State['jobs']['add']>[0]) {
        if (refusal !== undefined) throw refusal;
        const job = state.jobs.add(order, nowMs);
        state.jobs.started(job.id, nowMs, {});
        submitted.push(job);
        return state.jobs.get(job.id)?.job ?? job;
      },
      cancel: (id: number) => cancelled.push(id),
    },
  }) as unknown as Daemon;

const openBook = (): RunBook =>
  keepRunBook({ daemon, settings: () => settings, onChange: () => undefined });

beforeEach(() => {
  folder = tempFolder();
  state = openState(join(folder.path, 'state.sqlite'));
  nowMs = start;
  settings = nightly;
  submitted = [];
  cancelled = [];
  logged = [];
  backups = [];
  refusal = undefined;
  closing = false;
  book = openBook();
});
afterEach(() => {
  state[Symbol.dispose]();
  folder[Symbol.dispose]();
});

const serve = async (kind: RunKind = 'full', left: Due['left'] = []): Promise<void> => {
  expect(book.serve('nightly', { slotMs: nowMs, run: { slotMs: nowMs, kind }, left })).toBe(true);
  await setImmediate();
};
const end = async (jobState: JobState, which = -1): Promise<void> => {
  const id = submitted.at(which)?.id ?? 0;
  state.jobs.finished(id, nowMs, jobState);
  const job = state.jobs.get(id)?.job;
  if (job !== undefined) book.jobEnded(job);
  await setImmediate();
};
const pass = async (ms: number): Promise<void> => {
  nowMs += ms;
  book.work();
  await setImmediate();
};
const runs = (): readonly string[] =>
  state.runs
    .newest('nightly', 50)
    .map((run) => describeRun(run, undefined))
    .map(({ kind, outcome, tries = 1, note = '' }) => `${kind} ${outcome} ${tries} ${note}`.trim());

const failed: JobState = {
  kind: 'failed',
  failure: { code: 'unavailable', params: { what: 'the disk', why: 'it is away' } },
};
const interrupted: JobState = {
  kind: 'failed',
  failure: { code: 'interrupted', params: { kind: 'backup', step: 'unknown', why: 'power' } },
};

test('a run that fails is tried again after 5, 15 and 45 minutes, then it has failed for good', async () => {
  await serve();
  const waits: number[] = [];
  for (let i = 0; i < 3; i += 1) {
    await end(failed);
    const waitMs = (book.dueMs() ?? 0) - nowMs;
    waits.push(waitMs / minute);
    await pass(waitMs - 1);
    expect(submitted).toHaveLength(i + 1);
    await pass(1);
    expect(submitted).toHaveLength(i + 2);
  }
  expect(waits).toEqual([5, 15, 45]);
  await end(failed);
  expect(book.dueMs()).toBeUndefined();
  expect(runs()).toEqual([expect.stringMatching(/^full failed 4 .*it is away/)]);
  expect(logged.at(-1)).toMatch(/^error: schedule "nightly": the full failed: .*it is away/);
  expect(state.position('nightly')).toBe(start);
});

test('a run that was refused before it had a job is tried again too', async () => {
  refusal = new KedgeError('busy', { what: 'the queue', why: 'it is full' });
  await serve();
  expect(runs()).toEqual([expect.stringContaining('full waiting 1')]);
  refusal = undefined;
  await pass(5 * minute);
  expect([submitted.length, runs()]).toEqual([1, ['full running 2']]);
});

test('nothing is tried again in hours in which nothing begins', async () => {
  settings = { ...nightly, blackout: [{ from: '02:04', to: '12:00' }] };
  await serve();
  await end(failed);
  expect(book.dueMs()).toBe(start + 600 * minute);
  await pass(minute);
  expect(submitted).toHaveLength(1);
  // Off until the next morning, within those hours again.
  await pass(24 * 60 * minute + 5 * minute);
  expect(submitted).toHaveLength(1);
  await pass(10 * 60 * minute);
  expect(submitted).toHaveLength(2);
});

test('as many tries as are set, and one more for what a reboot interrupted', async () => {
  settings = { ...nightly, retries: 0 };
  await serve();
  await end(failed);
  expect(runs()[0]).toContain('full failed 1');
  nowMs += 24 * 60 * minute;
  await serve();
  await end(interrupted);
  expect(runs()[0]).toContain('full waiting 1');
  await pass(5 * minute);
  await end(interrupted);
  expect(runs()[0]).toContain('full failed 2');
});

test('a retry gives way to a new run, and a differential to a full that is not through', async () => {
  await serve('differential');
  await serve('differential');
  expect(runs()[0]).toContain('differential skipped 1 the differential before it is not through');
  await serve('full');
  expect(submitted).toHaveLength(2);
  await serve('full');
  await serve('differential');
  expect(runs().slice(0, 2)).toEqual([
    expect.stringContaining('differential skipped'),
    expect.stringContaining('full skipped'),
  ]);
  await end({ kind: 'cancelled' }, 0);
  await end(failed);
  await serve('differential');
  expect(runs()[0]).toContain('the full before it failed and is tried again');
  await serve('full');
  expect(submitted).toHaveLength(3);
  expect(runs()[4]).toMatch(/full failed 1 .*the next run came before it was tried again/);
  expect(book.dueMs()).toBeUndefined();
});

test('a run that takes too long is cancelled and has failed; waiting in the queue does not count', async () => {
  settings = { ...nightly, deadlineHours: 2 };
  await serve();
  expect(book.dueMs()).toBe(start + 120 * minute);
  await pass(119 * minute);
  expect(cancelled).toEqual([]);
  await pass(minute);
  await pass(minute);
  expect(cancelled).toEqual([submitted[0]?.id]);
  await end({ kind: 'cancelled' });
  expect(runs()).toEqual([
    'full failed 1 it was cancelled as it took longer than the 2 hours that it may take',
  ]);
});

test('a run that is cancelled by hand is not tried again', async () => {
  await serve();
  await end({ kind: 'cancelled' });
  expect([runs(), book.dueMs()]).toEqual([['full cancelled 1'], undefined]);
});

test('a run that a Kedge before wrote down and did not start is started, one that died is tried again', async () => {
  closing = true;
  refusal = new KedgeError('busy', { what: 'a job', why: 'Kedge is stopping' });
  await serve();
  expect(runs()).toEqual(['full waiting 1']);
  closing = false;
  refusal = undefined;
  book = openBook();
  book.resume();
  await setImmediate();
  expect(runs()).toEqual(['full running 1']);
  state.jobs.finished(submitted[0]?.id ?? 0, nowMs, interrupted);
  book = openBook();
  book.resume();
  await setImmediate();
  expect(runs()[0]).toContain('full waiting 1');
  book = openBook();
  book.resume();
  expect(book.dueMs()).toBe(nowMs + 5 * minute);
});

test('what was missed is written down beside the run that makes up for it', async () => {
  const slotMs = start - 24 * 60 * minute;
  await serve('full', [{ slotMs, kind: 'full', outcome: 'missed', note: 'no power' }]);
  expect(runs()).toEqual(['full running 1', 'full missed 1 no power']);
  expect(logged).toEqual(['warning: schedule "nightly": a full was missed: no power']);
  const left = { kind: 'full', outcome: 'missed', note: 'no power' } as const;
  expect(book.serve('nightly', { slotMs: start, left: Array(40).fill({ ...left, slotMs }) })).toBe(
    true,
  );
  expect(logged.at(-1)).toBe('warning: schedule "nightly": 40 runs were missed: no power');
  expect(state.runs.between(slotMs, start + 1, 100)).toHaveLength(42);
});

test('a differential is skipped while its full is being verified, and does not become another full', async () => {
  const full = { id: 'a', kind: 'full', store: 'local', presence: 'present', capturedAtMs: 1 };
  backups = [{ ...full, installation: state.installation, proof: { kind: 'sealed' } }];
  const order = { kind: 'verify', path: '/backups/a', backup: 'a' };
  const words = { title: 'verify a', command: 'kedge backup verify a' };
  const verify = state.jobs.add({ kind: 'verify', ...words, origin: 'kedge', order }, nowMs);
  await serve('differential');
  expect(runs()).toEqual([
    `differential skipped 1 the full before it is still being verified (job ${verify.id})`,
  ]);
  expect(submitted).toEqual([]);
  await serve('full');
  expect(submitted).toHaveLength(1);
});

test('a run by hand moves no position and is not tried again; a differential says why it became a full', async () => {
  const job = await book.byHand('nightly', 'differential');
  expect(state.jobs.get(job.id)?.order).toMatchObject({
    schedule: 'nightly',
    differential: { whyFull: 'there is no full of this application in "local"' },
  });
  expect(job.origin).toBe('manual');
  await end(failed);
  expect([runs()[0]?.slice(0, 21), book.dueMs()]).toEqual(['differential failed 1', undefined]);
  expect(state.position('nightly')).toBeUndefined();
  settings = undefined;
  await expect(book.byHand('gone', 'full')).rejects.toThrow('gone');
});

test('a schedule that was paused or removed is not tried again', async () => {
  await serve();
  await end(failed);
  settings = { ...nightly, paused: true };
  await pass(5 * minute);
  expect(runs()[0]).toMatch(/full failed 1 .*the schedule was paused/);
  expect(submitted).toHaveLength(1);
});

test('a clock that was set far back does not put a retry off for as long', async () => {
  await serve();
  await end(failed);
  await pass(-300 * 24 * 60 * minute);
  expect(submitted).toHaveLength(2);
});

test('runs of more than a year ago are forgotten, but for the last of each outcome', async () => {
  const old = { schedule: 'nightly', kind: 'full', byHand: false, tries: 1 } as const;
  const day = 24 * 60 * minute;
  for (const days of [500, 450, 410])
    state.runs.add({ ...old, slotMs: start - days * day, outcome: 'complete' });
  state.runs.add({ ...old, slotMs: start - 10 * day, outcome: 'failed' });
  state.prune(start);
  expect(state.runs.newest('nightly', 9).map(({ slotMs }) => (start - slotMs) / day)).toEqual([
    10, 410,
  ]);
  expect(state.runs.lastComplete('nightly')?.slotMs).toBe(start - 410 * day);
});
