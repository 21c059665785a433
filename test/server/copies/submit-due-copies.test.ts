import { expect, test } from 'vitest';
import { overdueCopies, submitDueCopies } from '../../../agent/server/copies/submit-due-copies.ts';
import type { Daemon } from '../../../agent/server/daemon.ts';
import type { JobState } from '../../../protocol/domain/job.ts';
import { cannedBackup } from '../../support/canned-snapshot.ts';

const hour = 3_600_000;
const nowMs = 1_000 * hour;

const due = cannedBackup({
  id: 'due',
  origin: 'schedule',
  schedule: 'nightly',
  installation: 'ours',
  store: 'local',
  proof: { kind: 'verified', atMs: nowMs - 25 * hour },
});

/** A daemon of which only what these ask for is there. */
function daemonWith(about: {
  readonly removable?: boolean;
  readonly online?: readonly string[];
  readonly atOnce?: boolean;
  readonly last?: { readonly finishedAtMs?: number; readonly state: JobState };
}) {
  const submitted: unknown[] = [];
  const usb = { kind: 'local', path: '/mnt/usb', removable: about.removable ?? false };
  const config = {
    stores: { local: { kind: 'local', path: '/backups' }, usb },
    schedules: { nightly: { store: 'local', copyTo: 'usb' } },
  };
  const daemon = {
    now: () => nowMs,
    config: () => config,
    configFile: { inForce: () => config },
    backups: { all: () => [due] },
    log: { write: () => undefined },
    overview: { onlineStores: () => about.online ?? ['local', 'usb'] },
    state: { installation: 'ours', jobs: { newestOf: () => about.last } },
    jobs: {
      isClosing: () => false,
      submit(job: unknown) {
        submitted.push(job);
        return { id: 1, title: 'a copy' };
      },
    },
  } as unknown as Daemon;
  submitDueCopies(daemon, about.atOnce);
  return { submitted, overdue: overdueCopies(daemon) };
}

const failed = { kind: 'failed', failure: { code: 'no-space', params: {} } } as const;
const without: JobState = {
  kind: 'done',
  result: {
    kind: 'copy',
    copy: {
      bytes: 0,
      backups: [{ backup: 'due', from: '/backups/x', to: '', bytes: 1, outcome: 'left out' }],
    },
  },
};

test('what a second destination lacks is copied there, for its schedule', () => {
  expect(daemonWith({}).submitted).toMatchObject([
    { kind: 'copy', origin: 'schedule', schedule: 'nightly', order: { move: false } },
  ]);
});

test.each([
  ['that is away', { online: ['local'] }],
  ['to which a job copies already', { last: { state: { kind: 'queued' } } as const }],
  ['that failed an hour ago', { last: { finishedAtMs: nowMs - hour, state: failed } }],
  ['for which it was left out', { last: { finishedAtMs: nowMs - hour, state: without } }],
])('nothing is queued for one %s', (_which, about) => {
  expect(daemonWith(about).submitted).toEqual([]);
});

test('what failed, or was left out, is tried again after some hours', () => {
  for (const state of [failed, without]) {
    const last = { finishedAtMs: nowMs - 7 * hour, state };
    expect(daemonWith({ last }).submitted).toHaveLength(1);
  }
});

test('what failed is tried again at once when a destination comes back', () => {
  const last = { finishedAtMs: nowMs - hour, state: failed };
  expect(daemonWith({ last, atOnce: true }).submitted).toHaveLength(1);
});

test('a copy that is a day late is a problem, and none where the drive comes and goes', () => {
  expect(daemonWith({ online: [] }).overdue).toMatchObject([
    { id: 'copies-nightly', severity: 'warning', place: 'usb' },
  ]);
  expect(daemonWith({ online: [], removable: true }).overdue).toEqual([]);
});
