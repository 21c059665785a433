import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { expect, test } from 'vitest';
import { writeLocksOf } from '../../agent/os/file-locks.ts';
import { probe } from '../../agent/services/probe.ts';
import { ProbeSettings } from '../../agent/services/probe-settings.ts';
import { lookAtFiles } from '../../agent/services/probes/look-at-files.ts';
import { freePort } from '../support/service-fixture.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const { signal } = new AbortController();

test('a port that takes connections is well, and hears nothing', async () => {
  let heard = 0;
  const server = createServer((socket) => socket.on('data', () => (heard += 1)));
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const answer = await probe({ kind: 'tcp', port }, signal);
  expect(answer).toEqual({
    ok: true,
    text: expect.stringMatching(new RegExp(`^port ${port} open in \\d+ ms$`)),
  });
  await new Promise((resolve) => server.close(resolve));
  expect(heard).toBe(0);
});

test('a port that nobody listens at refuses, in words', async () => {
  const port = await freePort();
  const text = `port ${port} refused the connection`;
  expect(await probe({ kind: 'tcp', port }, signal)).toEqual({ ok: false, text });
});

test('a host that nobody knows is named', async () => {
  const settings = {
    kind: 'tcp',
    host: 'nowhere.invalid',
    port: 5432,
    timeoutSeconds: 20,
  } as const;
  const { ok, text } = await probe(settings, signal);
  expect([ok, text]).toEqual([
    false,
    'port 5432 of nowhere.invalid: no address is known for nowhere.invalid',
  ]);
});

test('a port that answers nothing is given up at its deadline', async () => {
  const listen = `const server = require('net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port))`;
  const server = spawn(process.execPath, ['-e', listen], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [printed] = await once(server.stdout, 'data');
  const port = Number(printed);
  // Nobody takes what comes in: once two wait, the kernel answers no more.
  server.kill('SIGSTOP');
  const waiting = [1, 2].map(() => connect(port, '127.0.0.1'));
  for (const socket of waiting) await once(socket, 'connect');
  const text = `port ${port} did not answer within 0.2 s`;
  expect(await probe({ kind: 'tcp', port, timeoutSeconds: 0.2 }, signal)).toEqual({
    ok: false,
    text,
  });
  for (const socket of waiting) socket.on('error', () => undefined).destroy();
  server.kill('SIGKILL');
  await once(server, 'exit');
});

test('a disk with less room than asked for is told with the figure', async () => {
  const path = temporaryFolder();
  const well = await probe({ kind: 'disk', path, minFreeBytes: 1 }, signal);
  expect(well).toEqual({ ok: true, text: expect.stringMatching(/^[\d.]+ % of .* is free$/) });
  const percent = await probe({ kind: 'disk', path, minFreePercent: 100 }, signal);
  expect(percent).toEqual({ ok: false, text: well.text });
  const bytes = await probe({ kind: 'disk', path, minFreeBytes: 2 ** 52 }, signal);
  expect(bytes).toEqual({
    ok: false,
    text: expect.stringMatching(/^only [\d.]+ .iB of .* are free$/),
  });
});

test('a place that is gone is ill, not well', async () => {
  const path = `${temporaryFolder()}/gone`;
  const { ok, text } = await probe({ kind: 'disk', path }, signal);
  expect([ok, text]).toEqual([
    false,
    expect.stringMatching(/^\/.*\/gone can't be looked at: ENOENT/),
  ]);
});

test('two looks at files that hang are the last that are begun until one comes back', async () => {
  const hung = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  for (const { promise } of hung) {
    const late = { late: 'did not answer within 0.02 s' };
    expect(await lookAtFiles(async () => await promise, 0.02, signal)).toEqual(late);
  }
  const next = async () => await lookAtFiles(async () => 'found', 1, signal);
  expect(await next()).toEqual({ late: 'was not asked, as other looks at files hang' });
  for (const { resolve } of hung) resolve('after all');
  await new Promise(setImmediate);
  expect(await next()).toBe('found');
});

test('write locks are found by device and inode, without those that wait', async () => {
  const table = [
    '1: POSIX  ADVISORY  WRITE 41 fe:01:131 120 120',
    '1: -> POSIX  ADVISORY  WRITE 42 fe:01:131 120 120',
    '2: POSIX  ADVISORY  READ 43 fe:01:131 128 128',
    '3: OFDLCK ADVISORY  WRITE -1 fe:01:131 0 EOF',
    '4: POSIX  ADVISORY  WRITE 44 fe:02:131 120 120',
    '5: FLOCK  ADVISORY  WRITE 45 fe:01:131 0 EOF',
  ].join('\n');
  expect(await writeLocksOf({ dev: 0xfe01n, ino: 131n }, table)).toEqual([
    { pid: 41, first: 120, last: 120 },
    { pid: -1, first: 0, last: Number.POSITIVE_INFINITY },
  ]);
});

test.each([
  { kind: 'tcp', port: 0 },
  { kind: 'sqlite', path: 'clinic.sqlite' },
  { kind: 'disk', path: '/srv', minFreePercent: 101 },
  { kind: 'disk', path: '/srv', minFree: 5 },
])('settings that mean nothing are refused: %j', (settings) => {
  expect(ProbeSettings.safeParse(settings).success).toBe(false);
});
