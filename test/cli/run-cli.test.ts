import { expect, test } from 'vitest';
import type { Job } from '../../protocol/domain/job.ts';
import { KedgeError } from '../../protocol/failures.ts';
import {
  backupCreate,
  backupDelete,
  backupList,
  backupShow,
} from '../../protocol/methods/backup.ts';
import { jobCancel, jobShow } from '../../protocol/methods/job.ts';
import { serviceReset } from '../../protocol/methods/service.ts';
import { runCli } from '../../tui/cli/run-cli.ts';
import { productCommands } from '../../tui/commands/registry.ts';
import { cannedBackup, cannedJob } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { type RecordingTerminal, recordingTerminal } from '../support/recording-terminal.ts';
import { until } from '../support/until.ts';

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function kedge(
  fake: FakeKedge,
  argv: readonly string[],
  recorded: RecordingTerminal = recordingTerminal(),
): Promise<Ran> {
  const code = await runCli(['--socket', fake.socket, ...argv], recorded.terminal);
  return { code, out: recorded.out(), err: recorded.err() };
}

function ended(job: Job): Job {
  return { ...job, finishedAtMs: job.createdAtMs + 5_000 };
}

const doneBackup = ended(
  cannedJob({ state: { kind: 'done', result: { kind: 'backup', backup: cannedBackup() } } }),
);

/** A Kedge whose backup job is at work first and ends as given after the client has seen it. */
async function kedgeWithJob(end: Job): Promise<FakeKedge> {
  const fake = await startFakeKedge();
  let now = cannedJob();
  fake.answer(backupCreate, () => ({ job: now.id }));
  fake.answer(jobShow, () => {
    const shown = now;
    if (shown.state.kind === 'running') {
      now = end;
      setImmediate(() => fake.notify({ topic: 'job', job: end }));
    }
    return { job: shown };
  });
  return fake;
}

test('a followed backup ends with path, size, SHA-256, outcome and a ready scp line', async () => {
  await using fake = await kedgeWithJob(doneBackup);
  const { code, out, err } = await kedge(fake, ['backup', 'create', '--name', 'before']);
  expect(code).toBe(0);
  expect(out).toContain(`File         ${cannedBackup().path}`);
  expect(out).toContain('Size         50.0 MiB of 150 MiB content');
  expect(out).toContain(`SHA-256      ${'ab'.repeat(32)}`);
  expect(out).toContain('Outcome      complete');
  expect(out).toMatch(/^ {2}scp \S+@\S+:\/var\/backups\/\S+_full\.tar\.zst \.$/m);
  expect(err).toContain('reading database');
  expect(`${out}${err}`).not.toContain('\x1b');
  const call = fake.calls.find((one) => one.method === 'backup.create');
  expect(call?.params).toMatchObject({ name: 'before' });
});

test('named gaps are listed and give exit code 3', async () => {
  const gaps = [
    { kind: 'file', source: 'uploads', path: 'a\x1b.jpg', reason: 'vanished' },
  ] as const;
  const backup = cannedBackup({ outcome: 'complete with named gaps', gaps });
  const job = ended(cannedJob({ state: { kind: 'done', result: { kind: 'backup', backup } } }));
  await using fake = await kedgeWithJob(job);
  const { code, out } = await kedge(fake, ['backup', 'create']);
  expect(code).toBe(3);
  expect(out).toContain('  ! uploads/a\\x1b.jpg: vanished');
});

test('a job that failed says why on stderr and gives the failure its exit code', async () => {
  const failure = {
    code: 'no-space',
    params: { path: '/b', needed: '5 GiB', free: '1 GiB' },
  } as const;
  await using fake = await kedgeWithJob(ended(cannedJob({ state: { kind: 'failed', failure } })));
  const { code, out, err } = await kedge(fake, ['backup', 'create']);
  expect([code, out]).toEqual([10, '']);
  expect(err).toContain(
    'kedge: not enough space in "/b": 5 GiB needed, 1 GiB free\nFree some space ("kedge space" says what may go) or choose another destination.\n',
  );
});

test('with --json a job is one object, and its failure another', async () => {
  await using good = await kedgeWithJob(doneBackup);
  const done = await kedge(good, ['backup', 'create', '--json']);
  expect(JSON.parse(done.out)).toEqual({ job: doneBackup });
  expect(done.err).toBe('');
  const failure = { code: 'timed-out', params: { what: 'it', seconds: 3 } } as const;
  await using bad = await kedgeWithJob(ended(cannedJob({ state: { kind: 'failed', failure } })));
  const failed = await kedge(bad, ['backup', 'create', '--json']);
  expect(failed.code).toBe(7);
  expect(JSON.parse(failed.out)).toMatchObject({
    error: { ...failure, message: 'it did not finish within 3 s' },
    job: { id: 7 },
  });
});

test.each([['--detach'], ['--wait=false']])(
  '%s prints the number of the job and ends',
  async (flag) => {
    await using fake = await startFakeKedge();
    fake.answer(backupCreate, () => ({ job: 7 }));
    fake.answer(jobShow, () => ({ job: cannedJob() }));
    expect(await kedge(fake, ['backup', 'create', flag])).toEqual({ code: 0, out: '7\n', err: '' });
  },
);

test('a reset that meets a job names the options that say what becomes of it', async () => {
  await using fake = await startFakeKedge();
  const sent: unknown[] = [];
  fake.answer(jobShow, () => ({ job: cannedJob({ id: 26, kind: 'reset' }) }));
  fake.answer(serviceReset, ({ clear }) => {
    sent.push(clear);
    if (clear !== undefined) return { job: 26 };
    throw new KedgeError('reset-meets-job', { job: 7, title: 'Back up clinic', step: 'reading' });
  });
  const refused = await kedge(fake, ['service', 'reset']);
  expect(refused.code).toBe(7);
  expect(refused.err).toContain('behind job 7 (Back up clinic), which is at work at "reading"');
  expect(refused.err).toContain('--cancel-job to cancel it first, or --wait-job');
  for (const flag of ['--cancel-job', '--wait-job'])
    expect(await kedge(fake, ['--detach', 'service', 'reset', flag])).toMatchObject({ code: 0 });
  expect(sent).toEqual([undefined, { by: 'cancel' }, { by: 'wait' }]);
});

test('the first Ctrl+C asks the job to stop, and its end as cancelled is exit code 130', async () => {
  await using fake = await startFakeKedge();
  const recorded = recordingTerminal();
  let job = cannedJob();
  fake.answer(backupCreate, () => ({ job: 7 }));
  fake.answer(jobShow, () => ({ job }));
  fake.answer(jobCancel, () => {
    job = ended(cannedJob({ state: { kind: 'cancelled' } }));
    fake.notify({ topic: 'job', job });
    return { job };
  });
  const running = kedge(fake, ['backup', 'create'], recorded);
  await until(() => recorded.err().includes('reading database'));
  recorded.interrupt();
  const { code, err } = await running;
  expect(code).toBe(130);
  expect(err).toContain('Asking job 7 to stop.');
});

test('the second Ctrl+C leaves the job running', async () => {
  await using fake = await startFakeKedge();
  const recorded = recordingTerminal();
  fake.answer(backupCreate, () => ({ job: 7 }));
  fake.answer(jobShow, () => ({ job: cannedJob() }));
  fake.answer(jobCancel, () => {
    throw new KedgeError('cannot-cancel', { job: 7, step: 'exchanging' });
  });
  const running = kedge(fake, ['backup', 'create'], recorded);
  await until(() => recorded.err().includes('reading database'));
  recorded.interrupt();
  await until(() => recorded.err().includes('cannot be cancelled at step "exchanging"'));
  recorded.interrupt();
  const { code, err } = await running;
  expect(code).toBe(130);
  expect(err).toContain('Job 7 goes on without this terminal.');
});

test('a connection lost under a followed job is waited for', async () => {
  await using fake = await startFakeKedge();
  const recorded = recordingTerminal();
  let job = cannedJob();
  fake.answer(backupCreate, () => ({ job: 7 }));
  fake.answer(jobShow, () => ({ job }));
  const running = kedge(fake, ['backup', 'create'], recorded);
  await until(() => recorded.err().includes('reading database'));
  job = doneBackup;
  fake.snapshot = { ...fake.snapshot, jobs: [doneBackup] };
  fake.cut();
  const { code, err } = await running;
  expect(code).toBe(0);
  expect(err).toContain('The connection to Kedge is lost; the job goes on. Trying again.');
});

test('a list is an aligned table for people and the plain data for --json', async () => {
  await using fake = await startFakeKedge();
  const evil = cannedBackup({ path: '/b/evil\x1b]0;x\x07\u202e.zst' });
  fake.answer(backupList, () => ({ total: 2, backups: [cannedBackup(), evil] }));
  const text = await kedge(fake, ['backup', 'list']);
  expect(text.out.split('\n')[0]).toMatch(/^ID +KIND +TAKEN +SIZE +STATE +DESTINATION +FILE$/);
  expect(text.out).toContain('evil\\x1b]0;x\\x07\\u202e.zst');
  const json = await kedge(fake, ['backup', 'list', '--json']);
  for (const character of ['\x1b', '\x07', '\u202e']) expect(json.out).not.toContain(character);
  expect(JSON.parse(json.out)).toEqual({ total: 2, backups: [cannedBackup(), evil] });
});

test('a wrong confirmation is refused, a missing one named, and nothing is deleted', async () => {
  await using fake = await startFakeKedge();
  fake.answer(backupShow, () => ({ backup: cannedBackup() }));
  const wrong = await kedge(fake, ['backup', 'delete', '0f3a9c1e', '--confirm', 'x']);
  expect([wrong.code, wrong.err]).toEqual([
    5,
    expect.stringContaining('"x" is not what confirms this'),
  ]);
  const missing = await kedge(fake, ['backup', 'delete', '0f3a9c1e']);
  expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('--confirm')]);
  expect(fake.calls.map((call) => call.method)).not.toContain('backup.delete');
});

test('a confirmation typed at the question deletes by the full id', async () => {
  await using fake = await startFakeKedge();
  const backup = cannedBackup();
  const name = backup.path.split('/').at(-1) ?? '';
  const recorded = recordingTerminal({ tty: true, answers: [name] });
  fake.answer(backupShow, () => ({ backup }));
  fake.answer(backupDelete, ({ backup: deleted }) => ({ deleted }));
  const { code } = await kedge(fake, ['backup', 'delete', '0f3a9c1e'], recorded);
  expect(code).toBe(0);
  expect(recorded.asked).toEqual([`Type ${name} to confirm: `]);
  const call = fake.calls.find((one) => one.method === 'backup.delete');
  expect(call?.params).toMatchObject({ backup: backup.id, confirmation: name });
});

test('a Kedge that is not there is exit code 4 with socket, cause and hint', async () => {
  const recorded = recordingTerminal();
  const code = await runCli(['status', '--socket', '/nowhere/kedge.sock'], recorded.terminal);
  expect([code, recorded.out()]).toEqual([4, '']);
  expect(recorded.err()).toBe(
    'kedge: Kedge is not reachable at "/nowhere/kedge.sock": there is no such socket, so Kedge does not run there\n' +
      'Start it with "kedge daemon", or name its socket with --socket.\n',
  );
});

test('a usage error with --json is an object on stdout, exit code 2', async () => {
  const recorded = recordingTerminal();
  const code = await runCli(['bakup', '--json'], recorded.terminal);
  expect(code).toBe(2);
  expect(JSON.parse(recorded.out())).toMatchObject({ error: { code: 'bad-argument' } });
});

test.each(productCommands.map((command) => [(command.cli ?? []).join(' '), command] as const))(
  'kedge %s --help shows usage, every argument and an example',
  async (words, command) => {
    const recorded = recordingTerminal();
    expect(await runCli([...words.split(' '), '--help'], recorded.terminal)).toBe(0);
    // Lines are wrapped.
    const flat = (text: string) => text.replaceAll(/\s+/g, ' ');
    const said = flat(recorded.out());
    expect(said).toContain(`Usage: kedge ${words}`);
    for (const argument of command.args) expect(said).toContain(flat(argument.description));
    for (const example of command.examples) expect(said).toContain(flat(example));
  },
);

test('the global help names every command', async () => {
  const recorded = recordingTerminal();
  expect(await runCli(['--help'], recorded.terminal)).toBe(0);
  for (const { cli = [] } of productCommands)
    expect(recorded.out()).toContain(`kedge ${cli.join(' ')}`);
});

test('bare kedge opens the workbench on a terminal, and elsewhere says why not, exit code 2', async () => {
  const tty = recordingTerminal({ tty: true, env: { KEDGE_HOME: '/h', TERM: 'xterm' } });
  expect(await runCli([], tty.terminal)).toBe(0);
  expect(tty.opened).toEqual([{ socket: '/h/kedge.sock', demo: false, settings: {} }]);
  const pipe = recordingTerminal();
  expect(await runCli([], pipe.terminal)).toBe(2);
  expect(pipe.err()).toContain('needs a terminal');
  const dumb = recordingTerminal({ tty: true, env: { TERM: 'dumb' } });
  expect(await runCli([], dumb.terminal)).toBe(2);
  expect(dumb.err()).toContain('TERM is "dumb"');
  expect([...pipe.opened, ...dumb.opened]).toEqual([]);
});

test('a Kedge that is no demo is never stopped by "demo stop"', async () => {
  await using fake = await startFakeKedge();
  const { code, err } = await kedge(fake, ['demo', 'stop']);
  expect([code, err]).toEqual([5, expect.stringContaining('serves no demo')]);
  expect(fake.calls.map((call) => call.method)).not.toContain('kedge.stop');
});

test('colour only reddens the name on a terminal, and not with --no-color or NO_COLOR', async () => {
  const errors = async (argv: readonly string[], env: NodeJS.ProcessEnv): Promise<string> => {
    const recorded = recordingTerminal({ tty: true, env });
    await runCli(['bakup', ...argv], recorded.terminal);
    return recorded.err();
  };
  expect(await errors([], {})).toContain('\x1b[31mkedge:\x1b[0m ');
  expect(await errors(['--no-color'], {})).toMatch(/^kedge: /);
  expect(await errors([], { NO_COLOR: '1' })).toMatch(/^kedge: /);
});
