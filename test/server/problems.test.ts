import { describe, expect, test } from 'vitest';
import { neverMs } from '../../agent/alarms/found-problem.ts';
import { findProblems, type ProblemInput } from '../../agent/server/problems.ts';
import type { Run } from '../../protocol/domain/schedule.ts';
import type { Service } from '../../protocol/domain/service.ts';
import { cannedBackup, cannedJob, cannedSnapshot } from '../support/canned-snapshot.ts';

const host: Service = {
  id: 'host',
  role: 'host',
  manager: 'process',
  dependsOn: [],
  health: 'stopped',
  why: 'stopped',
  sinceMs: 0,
  restarts: 0,
};

const quiet: ProblemInput = {
  nowMs: 0,
  config: { path: '/etc/kedge.jsonc', problems: [] },
  state: { folder: '/var/lib/kedge', freeBytes: 2 ** 30 },
  stores: [],
  services: [],
  schedules: [
    {
      id: 'nightly',
      settings: { full: { every: 'day', at: '02:00' }, store: 'local', zone: 'UTC' },
      words: 'every day at 02:00 (UTC)',
    },
  ],
  backups: [],
  failedJobs: [],
  undos: [],
  servicesInHand: false,
  keptDown: { unsettled: [], shutOut: [] },
};

const ids = (input: ProblemInput): readonly string[] =>
  findProblems(input)
    .filter(({ inHand }) => inHand !== true)
    .map(({ id }) => id);

test('nothing wrong, nothing said', () => {
  expect(ids(quiet)).toEqual([]);
});

test('a state folder without room is a problem, as no job can start then', () => {
  const full = { ...quiet, state: { ...quiet.state, freeBytes: 0 } };
  expect(findProblems(full)).toMatchObject([
    {
      id: 'state-full',
      text: "there is hardly any room for Kedge's own records: 0 bytes free",
      place: '/var/lib/kedge',
    },
  ]);
});

test('differentials without their full are one problem that names it, but not while its destination is offline', () => {
  const one = cannedBackup({
    id: 'diff-one',
    kind: 'differential',
    base: 'lost',
    baseName: 'a_full.tar.zst',
  });
  const lost = [one, { ...one, id: 'diff-two' }];
  expect(findProblems({ ...quiet, backups: lost })).toMatchObject([
    {
      id: 'base-lost',
      text: '2 differentials can\'t be restored: their full "a_full.tar.zst" is not there',
    },
  ]);
  const full = cannedBackup({ id: 'lost' });
  expect(ids({ ...quiet, backups: [...lost, full] })).toEqual([]);
  expect(ids({ ...quiet, backups: [...lost, { ...full, presence: 'offline' }] })).toEqual([]);
  expect(ids({ ...quiet, backups: [...lost, { ...full, presence: 'missing' }] })).toEqual([
    'base-lost',
  ]);
});

test('a stopped service is a problem, but not while a restore or reset has it in hand', () => {
  const stopped = { ...quiet, services: [host] };
  expect(ids(stopped)).toEqual(['service-host']);
  expect(ids({ ...stopped, servicesInHand: true })).toEqual([]);
});

test('what cures a service that is down is a reset, but not while a recovery or shut-out clients keep it down', () => {
  const db: Service = { ...host, id: 'db', health: 'healthy' };
  const web: Service = { ...host, id: 'web', dependsOn: ['db'] };
  const hint = (keptDown: ProblemInput['keptDown'], service: Service) =>
    findProblems({ ...quiet, services: [db, service], keptDown })[0]?.hint;
  const lockout = { unsettled: [], shutOut: ['db'] };
  expect([
    hint(quiet.keptDown, web),
    hint(lockout, web),
    hint(lockout, host),
    hint({ ...lockout, unsettled: [4] }, host),
  ]).toEqual([
    'Reset the services (R).',
    'No reset helps: let the clients of "db" in again: kedge service let-in db',
    'Reset the services (R).',
    'No reset helps: the recovery of job 4 has to end first, see "kedge recovery list".',
  ]);
});

test('no active schedule is a problem, also when the only one is paused', () => {
  const paused = quiet.schedules.map((schedule) => ({
    ...schedule,
    settings: { ...schedule.settings, paused: true },
  }));
  expect([ids({ ...quiet, schedules: [] }), ids({ ...quiet, schedules: paused })]).toEqual([
    ['no-schedule'],
    ['no-schedule'],
  ]);
});

test('errors come before warnings', () => {
  const config = { ...quiet.config, problems: [{ line: 3, column: 5, message: 'wrong' }] };
  expect(ids({ ...quiet, schedules: [], config })).toEqual(['config-0', 'no-schedule']);
});

describe('a run of a schedule that failed', () => {
  const lastRun: Run = { atMs: 0, job: 7, outcome: 'failed', note: 'no room' };
  const job = cannedJob({
    schedule: 'nightly',
    title: 'full backup',
    state: { kind: 'failed', failure: { code: 'internal', params: { cause: 'no room' } } },
  });
  const found = (run: Run, failedJobs = [job]) =>
    findProblems({
      ...quiet,
      failedJobs,
      schedules: quiet.schedules.map((schedule) => ({ ...schedule, lastRun: run })),
    }).map(({ id, settleMs }) => [id, settleMs]);

  test.each([
    ['waits for its retry', { ...lastRun, outcome: 'waiting', retryMs: 5 }],
    ['is being tried again', { ...lastRun, outcome: 'running', tries: 2 }],
  ] as const)('is no alarm while it %s', (_, run) => {
    expect(found(run)).toEqual([['job-backup-nightly', neverMs]]);
  });

  test('is one after its last try, and stays one while the next run is at work', () => {
    expect(found({ ...lastRun, tries: 4 })).toEqual([['job-backup-nightly', undefined]]);
    expect(found({ atMs: 1, outcome: 'running' })).toEqual([['job-backup-nightly', undefined]]);
  });

  test('is one also where it was cancelled for its deadline, or never had a job', () => {
    expect(found(lastRun, [])).toEqual([['run-nightly', undefined]]);
    expect(found({ ...lastRun, outcome: 'cancelled' }, [])).toEqual([]);
  });
});

test('a destination that is offline is a problem, a drive that is away is none', () => {
  const [store] = cannedSnapshot().stores;
  const stores = (state: 'offline' | 'away') =>
    store === undefined ? [] : [{ ...store, state, removable: true as const }];
  expect(ids({ ...quiet, stores: stores('offline') })).toEqual(['store-local']);
  expect(ids({ ...quiet, stores: stores('away') })).toEqual([]);
});

test('a clock that is doubted is a problem', () => {
  expect(findProblems({ ...quiet, clockDoubt: 'the clock was set' })).toMatchObject([
    { id: 'clock', severity: 'warning', text: 'the clock was set' },
  ]);
});
