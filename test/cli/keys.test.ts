import { expect, test } from 'vitest';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { jobShow } from '../../protocol/methods/job.ts';
import { type KeyStatus, keyCheck, keyStatus } from '../../protocol/methods/key.ts';
import { runCli } from '../../tui/cli/run-cli.ts';
import { cannedJob } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';

const off: KeyStatus = { enabled: false, writeOnly: false };
const on: KeyStatus = { ...off, enabled: true, recoveryKey: 'age1recovery', own: 'age1own' };

/** A Kedge whose encryption the proof of any key enables. */
async function kedgeWithoutKey(): Promise<FakeKedge> {
  const fake = await startFakeKedge();
  let status = off;
  fake.answer(keyStatus, () => status);
  fake.answer(keyCheck, () => {
    status = on;
    return status;
  });
  fake.answer(backupCreate, () => ({ job: 1 }));
  fake.answer(jobShow, () => ({ job: cannedJob({ id: 1, state: { kind: 'cancelled' } }) }));
  return fake;
}

const paramsOf = (fake: FakeKedge, method: string): unknown =>
  fake.calls.find((call) => call.method === method)?.params;

test('a recovery key that was made is shown, typed back and proven; what is typed is what is proven', async () => {
  await using fake = await kedgeWithoutKey();
  const recorded = recordingTerminal({ tty: true, answers: ['AGE-SECRET-KEY-1TYPED'] });
  const argv = ['key', 'create', '--socket', fake.socket];
  expect(await runCli(argv, recorded.terminal)).toBe(0);
  expect(recorded.out()).toMatch(/Secret key {4}AGE-SECRET-KEY-1[0-9A-Z]{58}\n/);
  expect(recorded.out()).toMatch(/Public half {3}age1[0-9a-z]{58}\n/);
  expect(recorded.out()).toContain('encrypted from now on');
  expect(paramsOf(fake, 'key.check')).toMatchObject({
    secrets: { recoveryKey: 'AGE-SECRET-KEY-1TYPED' },
  });
});

test('without a terminal a recovery key is only made: nothing is enabled', async () => {
  await using fake = await kedgeWithoutKey();
  const recorded = recordingTerminal({ answers: ['AGE-SECRET-KEY-1PIPED'] });
  expect(
    await runCli(['key', 'create', '--json', '--socket', fake.socket], recorded.terminal),
  ).toBe(0);
  expect(JSON.parse(recorded.out())).toEqual({
    secretKey: expect.stringMatching(/^AGE-SECRET-KEY-1/),
    recoveryKey: expect.stringMatching(/^age1/),
  });
  expect(paramsOf(fake, 'key.check')).toBeUndefined();
});

test('a recovery key is proven from a pipe', async () => {
  await using fake = await kedgeWithoutKey();
  const recorded = recordingTerminal({ answers: ['AGE-SECRET-KEY-1PIPED'] });
  expect(await runCli(['key', 'check', '--socket', fake.socket], recorded.terminal)).toBe(0);
  expect(paramsOf(fake, 'key.check')).toMatchObject({
    secrets: { recoveryKey: 'AGE-SECRET-KEY-1PIPED' },
  });
});

test('the passphrase of a backup is asked for twice, and refused where the two differ or it is short', async () => {
  await using fake = await kedgeWithoutKey();
  const create = async (...answers: readonly string[]) => {
    const recorded = recordingTerminal({ tty: true, answers });
    const argv = ['backup', 'create', '--passphrase', '--socket', fake.socket];
    return { exit: await runCli(argv, recorded.terminal), err: recorded.err() };
  };
  expect(await create('long enough', 'long enouhg')).toMatchObject({
    exit: 2,
    err: expect.stringContaining('do not agree'),
  });
  expect((await create('short', 'short')).exit).toBe(2);
  expect(paramsOf(fake, 'backup.create')).toBeUndefined();
  await create('long enough', 'long enough');
  expect(paramsOf(fake, 'backup.create')).toMatchObject({
    secrets: { passphrase: 'long enough' },
  });
});

test('nothing typed is a fault of usage', async () => {
  await using fake = await kedgeWithoutKey();
  const recorded = recordingTerminal();
  const argv = ['restore', 'run', 'FILE.tar.zst.age', '--recovery-key', '--socket', fake.socket];
  expect(await runCli(argv, recorded.terminal)).toBe(2);
  expect(recorded.err()).toContain('--recovery-key');
});
