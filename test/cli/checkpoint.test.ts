import { existsSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../tui/cli/run-cli.ts';
import { type RunningKedge, startKedge } from '../support/kedge.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';
import {
  countOrders,
  deleteOrders,
  makeSmallApplication,
  type SmallApplication,
} from '../support/small-application.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

interface Setting extends AsyncDisposable {
  readonly app: SmallApplication;
  readonly folder: string;
  run(argv: readonly string[], terminal?: Parameters<typeof recordingTerminal>[0]): Promise<Ran>;
}

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly asked: readonly string[];
}

async function setUp(): Promise<Setting> {
  const folder = temporaryFolder();
  const app = await makeSmallApplication(folder);
  const kedge: RunningKedge = await startKedge(app.home);
  return {
    app,
    folder,
    async run(argv, options) {
      const recorded = recordingTerminal(options);
      const code = await runCli(['--socket', kedge.socket, ...argv], recorded.terminal);
      return { code, out: recorded.out(), err: recorded.err(), asked: recorded.asked };
    },
    [Symbol.asyncDispose]: async () => void (await kedge.stop()),
  };
}

const leavingMark = (path: string, then: string): readonly string[] => [
  '--',
  'sh',
  '-c',
  `echo ran > "$1"; ${then}`,
  'sh',
  path,
];

test('a checkpoint is named, pinned and verified when the command ends; the next one is a differential', async () => {
  await using set = await setUp();
  const first = await set.run(['checkpoint', 'before 4.3 update', '--json']);
  expect(first.code).toBe(0);
  const { checkpoint, verify } = JSON.parse(first.out);
  expect(checkpoint).toMatchObject({
    origin: 'checkpoint',
    kind: 'full',
    pinned: true,
    proof: { kind: 'verified' },
    integrity: 'ok',
    path: join(set.app.store, 'before 4.3 update.tar.zst'),
  });
  expect(verify.state.kind).toBe('done');
  expect(first.err).toMatch(/a full was taken instead of a differential/);
  const second = await set.run(['checkpoint', 'a second']);
  expect(second.code).toBe(0);
  expect(second.out).toMatch(/Kind +differential/);
  expect(second.out).toMatch(/Pinned +yes/);
  expect(second.out).toMatch(/Jump back with: {2}kedge restore run [0-9a-f]{8}/);
  const list = await set.run(['checkpoint', 'list']);
  expect(list.out.split('\n').filter((line) => /verified, pinned/.test(line))).toHaveLength(2);
  expect(list.out).toMatch(/a second[\s\S]*before 4\.3 update/);
});

test('the command after -- runs, and its status is the answer', async () => {
  await using set = await setUp();
  const thens = [
    ['exit 0', 0],
    ['exit 7', 7],
    ['kill -TERM $$', 143],
  ] as const;
  for (const [then, code] of thens) {
    const mark = join(set.folder, `mark ${code}`);
    const ran = await set.run(['checkpoint', 'safe', ...leavingMark(mark, then)]);
    expect(ran.code).toBe(code);
    expect(existsSync(mark)).toBe(true);
    // The standard output is the command's.
    expect(ran.out).toBe('');
    expect(ran.err).toMatch(/Jump back with: {2}kedge restore run [0-9a-f]{8}/);
    expect(ran.asked).toEqual([]);
  }
});

test('a program that is not there answers 127, without a name it is called by the command', async () => {
  await using set = await setUp();
  const ran = await set.run(['checkpoint', '--', 'no-such-program-here', '--flag']);
  expect(ran.code).toBe(127);
  expect(existsSync(join(set.app.store, 'before no-such-program-here --flag.tar.zst'))).toBe(true);
});

test('at a terminal a command that fails can be taken back at once, and its status stays the answer', async () => {
  await using set = await setUp();
  const spoil = `sqlite3 "$0" 'delete from orders' 2>/dev/null || true; exit 5`;
  const answers = ['y', 'Shop'];
  deleteOrders(set.app.database, 100);
  const command = ['--', 'sh', '-c', spoil, set.app.database];
  const ran = await set.run(['checkpoint', 'safe', ...command], { tty: true, answers });
  expect(ran.code).toBe(5);
  expect(ran.asked[0]).toMatch(/Jump back to "safe"/);
  expect(ran.asked).toHaveLength(2);
  expect(countOrders(set.app.database)).toBe(1_900);
  expect(ran.out).toMatch(/Outcome +restored/);
});

test('without a whole checkpoint the command is not run: a source that is missing', async () => {
  await using set = await setUp();
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(`${set.app.database}${suffix}`, { force: true });
  const mark = join(set.folder, 'mark');
  const ran = await set.run(['checkpoint', 'safe', ...leavingMark(mark, 'exit 0')]);
  expect(ran.code).toBe(3);
  expect(ran.err).toMatch(/was not run/);
  expect(existsSync(mark)).toBe(false);
});

test('without a whole checkpoint the command is not run: a database that is damaged', async () => {
  await using set = await setUp();
  const { size } = statSync(set.app.database);
  const file = openSync(set.app.database, 'r+');
  // Inside pages of rows, behind the schema.
  for (let at = 8_192; at < size; at += 4_096) writeSync(file, Buffer.alloc(64, 0xff), 0, 64, at);
  const mark = join(set.folder, 'mark');
  const ran = await set.run(['checkpoint', 'safe', ...leavingMark(mark, 'exit 0')]);
  expect(ran.code).toBe(8);
  expect(ran.err).toMatch(/was not run/);
  expect(existsSync(mark)).toBe(false);
});

test('without a checkpoint at all the command is not run, and the code says why', async () => {
  await using set = await setUp();
  const mark = join(set.folder, 'mark');
  const to = ['--to', '/nowhere/at/all'];
  const ran = await set.run(['checkpoint', 'safe', ...to, ...leavingMark(mark, 'exit 0')]);
  expect(ran.code).not.toBe(0);
  expect(ran.err).toMatch(/was not run/);
  expect(existsSync(mark)).toBe(false);
});

test('what can not be meant is refused before anything is done', async () => {
  await using set = await setUp();
  const refused = [
    [['checkpoint'], /name: missing/],
    [['checkpoint', 'x', '--'], /--: missing/],
    [['checkpoint', 'x', '--json', '--', 'true'], /--json/],
    [['checkpoint', 'x', '--detach', '--', 'true'], /--detach/],
  ] as const;
  for (const [argv, words] of refused) {
    const ran = await set.run(argv);
    expect(ran.code).toBe(2);
    expect(ran.err + ran.out).toMatch(words);
  }
  expect((await set.run(['checkpoint', 'list'])).out).toMatch(/^No checkpoints/);
});
