import { spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** Of the client's young generation. */
const clientFlag = '--max-semi-space-size=2';

let root = '';
let elsewhere = '';

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kedge installed in a path with blanks '));
  elsewhere = await mkdtemp(join(tmpdir(), 'kedge-bin-'));
  for (const folder of ['tui', 'node_modules/.bin', 'dist/agent', 'dist/bundle'])
    await mkdir(join(root, folder), { recursive: true });
  await copyFile('tui/kedge', join(root, 'tui', 'kedge'));
  // Stands for node: says what it was asked to run.
  const node = join(root, 'node_modules', '.bin', 'node');
  await writeFile(node, '#!/bin/sh\nprintf "%s\\n" "$@"\n');
  await chmod(node, 0o755);
  await writeFile(join(root, 'dist/agent/main.js'), '');
  await writeFile(join(root, 'dist/bundle/main.js'), '');
});

afterEach(async () => {
  await rm(root, { recursive: true });
  await rm(elsewhere, { recursive: true });
});

function launch(path: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(path, args, { encoding: 'utf8', cwd: '/' });
  return { status, lines: stdout.split('\n').slice(0, -1), stderr };
}

test('"daemon" runs the daemon, everything else the client, arguments unharmed', () => {
  const kedge = join(root, 'tui', 'kedge');
  const idleFlags = [
    '--max-semi-space-size=1',
    '--v8-pool-size=1',
    '--optimize-for-size',
    '--memory-reducer-favors-memory',
    '--no-turbofan',
  ];
  const daemon = join(root, 'dist/agent/main.js');
  const client = join(root, 'dist/bundle/main.js');
  expect(launch(kedge, 'daemon', '--demo').lines).toEqual([...idleFlags, daemon, '--demo']);
  expect(launch(kedge, 'backup', 'create', '--name', 'a  b*').lines).toEqual([
    clientFlag,
    client,
    'backup',
    'create',
    '--name',
    'a  b*',
  ]);
  expect(launch(kedge).lines).toEqual([clientFlag, client]);
});

test('links to it are followed, absolute and relative, one after the other', async () => {
  const absolute = join(elsewhere, 'absolute');
  const second = join(elsewhere, 'kedge');
  await symlink(join(root, 'tui', 'kedge'), absolute);
  await symlink(relative(elsewhere, absolute), second);
  expect(launch(second, 'status').lines).toEqual([
    clientFlag,
    join(root, 'dist/bundle/main.js'),
    'status',
  ]);
});

test('a missing node is named with what to do', async () => {
  await rm(join(root, 'node_modules'), { recursive: true });
  const { status, stderr } = launch(join(root, 'tui', 'kedge'), 'status');
  expect(status).toBe(1);
  expect(stderr).toContain('node is missing');
  expect(stderr).toContain('npm ci');
});

test('a program that was not built is named with what to do', async () => {
  await rm(join(root, 'dist'), { recursive: true });
  const { status, stderr } = launch(join(root, 'tui', 'kedge'), 'daemon');
  expect(status).toBe(1);
  expect(stderr).toContain('npm run build');
});

test('a KEDGE_HOME that begins in the folder of the shell is the same one for the daemon', async () => {
  const node = join(root, 'node_modules', '.bin', 'node');
  await writeFile(node, '#!/bin/sh\nenv | grep -a "^KEDGE_"\n');
  const said = (home: string) =>
    spawnSync(join(root, 'tui', 'kedge'), [], {
      encoding: 'utf8',
      cwd: elsewhere,
      env: { PATH: process.env['PATH'], KEDGE_HOME: home },
    }).stdout;
  expect(said('my home')).toBe(`KEDGE_HOME=${elsewhere}/my home\n`);
  expect(said('/srv/kedge')).toBe('KEDGE_HOME=/srv/kedge\n');
});
