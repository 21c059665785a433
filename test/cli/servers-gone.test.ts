import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Job } from '../../protocol/domain/job.ts';
import type { OpenRecovery } from '../../protocol/domain/recovery.ts';
import type { RestoreResult, Undo } from '../../protocol/domain/restore.ts';
import { jobShow } from '../../protocol/methods/job.ts';
import { recoveryGiveUp, recoveryList } from '../../protocol/methods/recovery.ts';
import { undoRemove } from '../../protocol/methods/restore.ts';
import { jobExitCode } from '../../tui/cli/job-exit.ts';
import { runCli } from '../../tui/cli/run-cli.ts';
import { cannedJob, cannedNowMs } from '../support/canned-snapshot.ts';
import { startFakeKedge } from '../support/fake-kedge.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';
import { tempFolder } from '../support/temp-folder.ts';

const undo: Undo = {
  id: '11223344-undo',
  job: 7,
  createdAtMs: cannedNowMs - 3_600_000,
  expiresAtMs: cannedNowMs + 6 * 86_400_000,
  bytes: 1_000_000,
  title: 'Restore of clinic.tar.zst',
  state: 'ready',
};

test('an undo is forgotten only by --forget, and what stays in its server is told', async () => {
  await using fake = await startFakeKedge();
  fake.snapshot = { ...fake.snapshot, undos: [undo] };
  const asked: (boolean | undefined)[] = [];
  const left = {
    name: 'clinic__kedge_undo_20261121120000000',
    of: 'postgres://db.example:5432/clinic',
    why: 'PostgreSQL did not answer at db.example:5432: nobody listens there',
  };
  fake.answer(undoRemove, ({ forget }) => {
    asked.push(forget);
    return { removed: undo, ...(forget === true ? { left: [left] } : {}) };
  });
  const name = fake.snapshot.application?.name ?? '';
  const remove = async (...more: readonly string[]) => {
    const { terminal, out } = recordingTerminal();
    const argv = ['--socket', fake.socket, 'undo', 'remove', '11223344', '--confirm', name];
    return [await runCli([...argv, ...more], terminal), out()];
  };
  const [, plain] = await remove();
  expect(plain).not.toContain('stays behind');
  expect(await remove('--forget')).toEqual([
    0,
    expect.stringContaining(
      `"${left.name}" stays behind beside ${left.of}, and takes its room there until somebody drops it: ${left.why}`,
    ),
  ]);
  expect(asked).toEqual([undefined, true]);
});

test('a recovery is given up by the typed name, after what it leaves was read', async () => {
  await using fake = await startFakeKedge();
  const of = 'postgres://db.example:5432/clinic';
  const left = [{ of, what: 'it may let nobody in.', sql: ['ALTER DATABASE "clinic" ...;'] }];
  const recovery: OpenRecovery = {
    ...{ job: 12, title: 'Restore of clinic', atMs: cannedNowMs, application: 'Clinic' },
    ...{ stage: 'half exchanged', isAtWork: false, left },
    servers: [{ databases: [of], why: 'nobody listens there' }],
  };
  fake.answer(recoveryList, () => ({ recoveries: [recovery] }));
  const asked: unknown[] = [];
  fake.answer(recoveryGiveUp, ({ job, confirmation }) => {
    asked.push({ job, confirmation });
    return { job: 30 };
  });
  const job: Job = {
    ...{ id: 30, kind: 'recovery', title: '', command: '', origin: 'manual' },
    ...{ createdAtMs: cannedNowMs, state: { kind: 'queued' } },
  };
  fake.answer(jobShow, () => ({ job }));
  const run = async (...words: readonly string[]) => {
    const { terminal, out, err } = recordingTerminal();
    const exit = await runCli(['--socket', fake.socket, 'recovery', ...words], terminal);
    return { exit, text: out() + err() };
  };
  const listed = await run('list');
  expect(listed).toMatchObject({ exit: 0 });
  for (const part of [of, 'nobody listens there', 'ALTER DATABASE "clinic" ...;', 'give-up 12'])
    expect(listed.text).toContain(part);
  expect((await run('give-up', '12', '--confirm', 'clinic', '--detach')).exit).toBe(5);
  expect((await run('give-up', '13', '--confirm', 'Clinic', '--detach')).exit).toBe(6);
  expect(await run('give-up', '12', '--confirm', 'Clinic', '--detach')).toMatchObject({
    exit: 0,
    text: expect.stringContaining('Live data may be half exchanged.'),
  });
  expect(asked).toEqual([{ job: 12, confirmation: 'Clinic' }]);
});

test.each([
  ['healthy', 0],
  ['stopped', 1],
] as const)(
  'a service that is %s after a recovery was given up: exit status %i',
  (health, exit) => {
    const restore: RestoreResult = {
      ...{ outcome: 'given up', downtimeMs: 0, notes: [], left: [] },
      services: [
        { id: 'database', health: 'healthy' },
        { id: 'host', health },
      ],
    };
    const state = { kind: 'done', result: { kind: 'restore', restore } } as const;
    expect(jobExitCode(cannedJob({ kind: 'recovery', state }))).toBe(exit);
  },
);

test('a demo with its database in a file is not taken for one with a server', async () => {
  using folder = tempFolder();
  writeFileSync(join(folder.path, 'kedge-demo.json'), '{ "kedgeDemo": 1 }\n');
  const { terminal, err } = recordingTerminal({ env: { KEDGE_DEMO_HOME: folder.path } });
  expect(await runCli(['demo', '--postgres'], terminal)).toBe(5);
  expect(err()).toContain('make a new one with:  kedge demo --postgres --fresh');
});
