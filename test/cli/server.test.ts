import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { backupCreate, backupList } from '../../protocol/methods/backup.ts';
import { runCli } from '../../tui/cli/run-cli.ts';
import { openSsh } from '../../tui/host/ssh/open-ssh.ts';
import { serversFile } from '../../tui/host/ssh/server-list.ts';
import { openSession } from '../../tui/store/session.ts';
import { startFakeKedge } from '../support/fake-kedge.ts';
import { type FakeSsh, fakeSsh } from '../support/fake-ssh.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const main = fileURLToPath(new URL('../../tui/main.ts', import.meta.url));
const signal = (): AbortSignal => AbortSignal.timeout(50_000);

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function kedge(env: NodeJS.ProcessEnv, argv: readonly string[]): Promise<Ran> {
  const recorded = recordingTerminal({ env });
  const code = await runCli(argv, recorded.terminal);
  return { code, out: recorded.out(), err: recorded.err() };
}

test('a command goes by ssh to the Kedge of another machine, whatever a login shell prints before', async () => {
  await using fake = await startFakeKedge();
  fake.answer(backupList, () => ({ backups: [], total: 0 }));
  const ssh = fakeSsh();
  ssh.instead('echo "Welcome to clinic!"; exec sh -c "$command"');
  const argv = ['--server', 'ali@clinic:2222', '--socket', fake.socket, 'status', '--json'];
  const { code, out, err } = await kedge(ssh.environment, argv);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toMatchObject({ application: { name: 'Clinic' } });
  expect(ssh.calls()).toEqual([
    '-T -o BatchMode=yes -o ConnectTimeout=15 -p 2222 -o ServerAliveInterval=15 -o ServerAliveCountMax=3 ' +
      `-- ali@clinic kedge relay --socket ${fake.socket}`,
  ]);
});

test.each([
  [
    'what ssh says',
    'echo "ali@clinic: Permission denied (publickey,password)." >&2; exit 255',
    'cannot reach "ali@clinic" by ssh: ali@clinic: Permission denied (publickey,password).\nTry it in a shell: ssh ali@clinic',
  ],
  [
    'that Kedge does not run there',
    'exec kedge relay --socket /nowhere/kedge.sock',
    'Kedge on "ali@clinic" is not reachable: Kedge is not reachable at "/nowhere/kedge.sock": there is no such socket',
  ],
  [
    'that there is no kedge',
    'echo "sh: 1: kedge: not found" >&2; exit 127',
    `Kedge on "ali@clinic" is not reachable: "kedge" can't be run there (sh: 1: kedge: not found)`,
  ],
  [
    'that something else answers',
    'echo "kedge-relay 99"; exec cat',
    'Kedge on "ali@clinic" is not reachable: what answers there is no relay of this Kedge',
  ],
])('where it can not be reached it is said %s', async (_what, script, words) => {
  const ssh = fakeSsh();
  ssh.instead(script);
  const { code, out, err } = await kedge(ssh.environment, ['--server', 'ali@clinic', 'status']);
  expect({ code, out }).toEqual({ code: 4, out: '' });
  expect(err).toContain(words);
});

test('without ssh it is said what to install', async () => {
  const env = { PATH: temporaryFolder() };
  const { code, err } = await kedge(env, ['--server', 'clinic', 'status']);
  expect(code).toBe(5);
  expect(err).toContain('apt install openssh-client');
});

test.each([
  [['--ssh-option', 'Port=1', 'status'], '--ssh-option: means nothing without --server'],
  [['--server', '-oProxyCommand=x', 'status'], 'begins with "-"'],
  [['--server', 'clinic', 'install'], 'install: works on the server itself only: log in there'],
  [
    ['--server', 'clinic', 'restore', 'plan', 'x/a.tar.zst'],
    '"x/a.tar.zst": is a path on the server',
  ],
  [
    ['--server', 'clinic', 'backup', 'extract', 'a', '--to', 'out'],
    '"out": is a path on the server',
  ],
])('%j is refused before anything is connected', async (argv, words) => {
  const ssh = fakeSsh();
  const { code, err } = await kedge(ssh.environment, argv);
  expect(code).toBe(2);
  expect(err).toContain(words);
  expect(ssh.calls()).toEqual([]);
});

test('servers are kept in a list of this user, whose comments stay, and called by name', async () => {
  const config = temporaryFolder();
  const { environment, ...ssh } = fakeSsh();
  const env = { ...environment, XDG_CONFIG_HOME: config };
  mkdirSync(dirname(serversFile(env).path), { recursive: true });
  writeFileSync(
    serversFile(env).path,
    '{\n  // the big one\n  "clinic": "ali@clinic.example"\n}\n',
  );
  const option = ['--ssh-option', 'User=root', '--remote-kedge', 'false; kedge', '--socket', '/s'];
  const added = await kedge(env, ['server', 'add', 'lab', '10.0.0.7:2222', ...option]);
  expect(added).toMatchObject({ code: 0, err: '' });
  const { out } = await kedge(env, ['server', 'list']);
  expect(out).toBe(
    'SERVER  ADDRESS             MORE\n' +
      'clinic  ali@clinic.example\n' +
      'lab     10.0.0.7:2222       false; kedge, -o User=root, /s\n',
  );
  const { code, err } = await kedge(env, ['--server', 'lab', 'status']);
  expect({ code, err }).toMatchObject({ code: 4 });
  expect(err).toContain('Kedge on "lab" is not reachable: Kedge is not reachable at "/s"');
  expect(ssh.calls()[0]).toContain('-p 2222 -o User=root');
  expect(await kedge(env, ['server', 'remove', 'lab'])).toMatchObject({ code: 0 });
  expect(await kedge(env, ['server', 'remove', 'lab'])).toMatchObject({ code: 6 });
  expect(readFileSync(serversFile(env).path, 'utf8')).toBe(
    '{\n  // the big one\n  "clinic": "ali@clinic.example"\n}\n',
  );
  expect(await kedge(env, ['server', 'add', '-x', 'a'])).toMatchObject({ code: 2 });
  writeFileSync(serversFile(env).path, '{ "clinic": { "hots": "x" } }');
  expect((await kedge(env, ['--server', 'clinic', 'status'])).err).toContain(
    'is not valid: clinic',
  );
});

async function overSsh(ssh: FakeSsh, socket: string) {
  const server = { name: 'clinic', destination: 'clinic', socket };
  const { environment } = ssh;
  const options = { server, environment, questions: false, stderr: () => undefined };
  return openSession({
    socket: 'clinic',
    dial: async (until) => await openSsh(options, until),
    server: 'clinic',
    client: 'test',
    reconnect: 'always',
  });
}

test('a mutating call under a relay that is killed is answered once, by its request id', async () => {
  await using fake = await startFakeKedge();
  const ssh = fakeSsh();
  // The way in is this process, so that it can be cut as a line is.
  ssh.instead(`echo $$ > '${fake.folder}/pid'; exec sh -c "exec $command"`);
  await using session = await overSsh(ssh, fake.socket);
  await session.client.opened(signal());
  const ids: string[] = [];
  fake.answer(backupCreate, async ({ requestId }) => {
    ids.push(requestId);
    if (ids.length > 1) return { job: 12 };
    process.kill(Number(readFileSync(`${fake.folder}/pid`, 'utf8')), 'SIGKILL');
    return await new Promise(() => undefined);
  });
  expect(await session.call(backupCreate, {}, signal())).toEqual({ job: 12 });
  expect(ids.length).toBe(2);
  expect(new Set(ids).size).toBe(1);
});

test('when the line is cut the window is told what ssh said, and tries again', async () => {
  await using fake = await startFakeKedge();
  const ssh = fakeSsh();
  ssh.instead(`sh -c "$command"; echo 'Timeout, server clinic not responding.' >&2; exit 255`);
  await using session = await overSsh(ssh, fake.socket);
  await session.client.opened(signal());
  fake.cut();
  await until(() => session.store.get().connection.kind === 'lost');
  const { connection } = session.store.get();
  expect(connection.kind === 'lost' && connection.problem).toEqual({
    code: 'ssh-failed',
    params: {
      server: 'clinic',
      cause: 'Timeout, server clinic not responding.',
      command: 'ssh clinic',
    },
  });
  expect(session.store.get().snapshot?.application?.name).toBe('Clinic');
  await until(() => session.store.get().connection.kind === 'open');
});

async function relay(socket: string) {
  const child = spawn(process.execPath, [main, 'relay', '--socket', socket], {
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit').then(([code]) => code);
  return { child, ended, stderr: text(child.stderr) };
}

test('the relay ends by itself when either side ends', async () => {
  await using fake = await startFakeKedge();
  const near = await relay(fake.socket);
  await once(near.child.stdout, 'readable');
  near.child.stdin.end();
  expect(await near.ended).toBe(0);
  const far = await relay(fake.socket);
  await once(far.child.stdout, 'readable');
  far.child.stdin.write('not HTTP at all\r\n\r\n');
  expect(await far.ended).toBe(0);
  expect(await far.stderr).toBe('');
  const nobody = await relay('/nowhere/kedge.sock');
  expect(await nobody.ended).toBe(4);
  expect(await nobody.stderr).toMatch(/^kedge: Kedge is not reachable at "\/nowhere\/kedge.sock"/);
});
