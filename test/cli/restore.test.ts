import { expect, test } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { Job } from '../../protocol/domain/job.ts';
import type { RestorePlan, RestoreResult } from '../../protocol/domain/restore.ts';
import { backupList } from '../../protocol/methods/backup.ts';
import { jobShow } from '../../protocol/methods/job.ts';
import { restorePlan, restoreRun } from '../../protocol/methods/restore.ts';
import { runCli } from '../../tui/cli/run-cli.ts';
import { cannedBackup, cannedJob, cannedNowMs } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';

const plan: RestorePlan = {
  id: 'plan-1',
  createdAtMs: cannedNowMs,
  backup: cannedBackup(),
  application: 'Clinic',
  applicationVersionThen: '4.1',
  applicationVersionNow: '4.2',
  contact: 'IT desk',
  spanSeconds: 3_600,
  changes: [
    {
      source: 'database',
      engine: 'sqlite',
      live: '/srv/clinic/clinic.db',
      tables: [
        {
          table: 'patients',
          backupRows: 5_000,
          liveRows: 5_210,
          inserted: 214,
          changed: 3,
          deleted: 4,
        },
        { table: 'doctors', backupRows: 7, liveRows: 7, inserted: 0, changed: 0, deleted: 0 },
      ],
      bytes: 100,
    },
  ],
  services: [{ id: 'host', willStop: true }],
  clients: [{ source: 'database', pid: 99, program: 'report' }],
  space: [{ path: '/srv', neededBytes: 1_048_576, freeBytes: 2_097_152 }],
  downtimeSeconds: 4,
  steps: ['stop host', 'exchange database'],
  warnings: ['the backup is a week old'],
  obstacles: [],
  fingerprint: 'f',
};

const restored: RestoreResult = {
  outcome: 'restored',
  undo: 'undo-1',
  downtimeMs: 4_000,
  notes: [],
};

async function kedgeThatPlans(
  made: RestorePlan,
  result: RestoreResult = restored,
): Promise<FakeKedge> {
  const fake = await startFakeKedge();
  const done = (id: number, kind: Job['kind'], state: Job['state']): Job =>
    cannedJob({ id, kind, state, finishedAtMs: cannedNowMs });
  fake.answer(restorePlan, () => ({ job: 1 }));
  fake.answer(restoreRun, () => ({ job: 2 }));
  fake.answer(jobShow, ({ job }) => ({
    job:
      job === 1
        ? done(1, 'plan', { kind: 'done', result: { kind: 'plan', plan: made } })
        : done(2, 'restore', { kind: 'done', result: { kind: 'restore', restore: result } }),
  }));
  return fake;
}

test('the plan is shown before the name is asked for, and run under its id', async () => {
  await using fake = await kedgeThatPlans(plan);
  const recorded = recordingTerminal({ tty: true, answers: ['Clinic'] });
  const argv = ['restore', 'run', '0f3a9c1e', '--socket', fake.socket];
  expect(await runCli(argv, recorded.terminal)).toBe(0);
  const out = recorded.out();
  expect(out).toContain('Version       backup 4.1, running now 4.2');
  expect(out).toContain('Lost          the work of the last 1 h: 214 new, 3 changed rows');
  expect(out).toContain(
    'patients: 5,210 rows now, 5,000 then: 214 new ones go, 3 changed ones go back, 4 deleted ones come back',
  );
  expect(out).toContain('doctors: 7 rows, as now');
  expect(out).toContain('report (pid 99) has database open');
  expect(out).toContain('! the backup is a week old');
  expect(out).toContain('Take it back with:  kedge undo run undo-1');
  expect(recorded.asked).toEqual(['Type Clinic to confirm: ']);
  const call = fake.calls.find((one) => one.method === 'restore.run');
  expect(call?.params).toMatchObject({ plan: 'plan-1', confirmation: 'Clinic' });
});

test('a wrong name runs nothing', async () => {
  await using fake = await kedgeThatPlans(plan);
  const recorded = recordingTerminal({ tty: true, answers: ['clinic'] });
  const argv = ['restore', 'run', 'latest.zst', '--socket', fake.socket];
  expect(await runCli(argv, recorded.terminal)).toBe(5);
  expect(recorded.err()).toContain('Type Clinic to confirm.');
  expect(fake.calls.map((call) => call.method)).not.toContain('restore.run');
});

test('a plan with an obstacle is shown and refused without a question', async () => {
  await using fake = await kedgeThatPlans({ ...plan, obstacles: ['no space in /srv'] });
  const recorded = recordingTerminal({ tty: true, answers: ['Clinic'] });
  const argv = ['restore', 'run', '0f3a9c1e', '--socket', fake.socket];
  expect(await runCli(argv, recorded.terminal)).toBe(5);
  expect(recorded.out()).toContain('This plan cannot run:\n  ! no space in /srv');
  expect(recorded.asked).toEqual([]);
});

test('with --json stdout holds one value, the plan goes to stderr', async () => {
  await using fake = await kedgeThatPlans(plan);
  const recorded = recordingTerminal();
  const argv = ['restore', 'run', '0f3a9c1e', '--confirm', 'Clinic', '--json'];
  expect(await runCli([...argv, '--socket', fake.socket], recorded.terminal)).toBe(0);
  expect(JSON.parse(recorded.out())).toMatchObject({ job: { id: 2 } });
  expect(recorded.err()).toContain('Clinic goes back to');
});

test('a plan that was read before is run without a new one', async () => {
  await using fake = await kedgeThatPlans(plan);
  const recorded = recordingTerminal();
  const argv = ['restore', 'run', '--plan', 'plan-9', '--confirm', 'Clinic'];
  expect(await runCli([...argv, '--socket', fake.socket], recorded.terminal)).toBe(0);
  expect(fake.calls.map((call) => call.method)).not.toContain('restore.plan');
  const call = fake.calls.find((one) => one.method === 'restore.run');
  expect(call?.params).toMatchObject({ plan: 'plan-9' });
});

test('the latest backup is never what a restore took for safety', async () => {
  await using fake = await kedgeThatPlans(plan);
  const one = (id: string, origin: Backup['origin']) => cannedBackup({ id, origin });
  const backups = [...Array.from({ length: 60 }, (_, nth) => one(`safe-${nth}`, 'safety'))];
  backups.push(one('mine', 'manual'), one('older', 'schedule'));
  fake.answer(backupList, ({ offset, limit }) => ({
    backups: backups.slice(offset, offset + limit),
    total: backups.length,
  }));
  const argv = ['restore', 'plan', 'latest', '--socket', fake.socket];
  expect(await runCli(argv, recordingTerminal().terminal)).toBe(0);
  const call = fake.calls.find(({ method }) => method === 'restore.plan');
  expect(call?.params).toMatchObject({ backup: { kind: 'id', id: 'mine' } });
});

test('a moment is asked for in the place of a backup', async () => {
  await using fake = await kedgeThatPlans(plan);
  const recorded = recordingTerminal({ tty: true, answers: ['Clinic'] });
  const argv = ['restore', 'run', '--at', '2025-11-20T14:00Z', '--socket', fake.socket];
  expect(await runCli(argv, recorded.terminal)).toBe(0);
  const call = fake.calls.find((one) => one.method === 'restore.plan');
  expect(call?.params).toMatchObject({ atMs: Date.UTC(2025, 10, 20, 14) });
  expect(call?.params).not.toHaveProperty('backup');
});

test('a moment that is none, one beside a backup, and neither are refused', async () => {
  await using fake = await kedgeThatPlans(plan);
  const refused = async (...args: readonly string[]) => {
    const recorded = recordingTerminal();
    const argv = ['restore', 'plan', ...args, '--socket', fake.socket];
    expect(await runCli(argv, recorded.terminal)).toBe(2);
    return recorded.err();
  };
  expect(await refused('--at', 'soon')).toContain('"yesterday 14:00"');
  expect(await refused('latest', '--at', '00:00')).toContain('either a backup or');
  expect(await refused()).toContain('missing');
  expect(fake.calls.map((call) => call.method)).not.toContain('restore.plan');
});

test('going without an undo is agreed to before the name; services that stay down then are an exit code of 1', async () => {
  const notes = ['service "host" was not started: exit 3'];
  await using fake = await kedgeThatPlans(plan, { outcome: 'degraded', downtimeMs: 4_000, notes });
  const recorded = recordingTerminal({ tty: true, answers: ['Clinic', 'without undo'] });
  const argv = ['restore', 'run', '0f3a9c1e', '--without-undo', '--socket', fake.socket];

  expect(await runCli(argv, recorded.terminal)).toBe(1);

  expect(recorded.asked).toEqual(['Type Clinic to confirm: ', 'Type without undo to confirm: ']);
  expect(recorded.out()).toContain('service "host" was not started: exit 3');
  const call = fake.calls.find((one) => one.method === 'restore.run');
  expect(call?.params).toMatchObject({ consents: ['without undo'] });
});
