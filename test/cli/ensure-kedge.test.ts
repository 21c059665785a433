import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { failureOf } from '../../protocol/failures.ts';
import { type EnsureOptions, ensureKedge } from '../../tui/cli/ensure-kedge.ts';
import { placeIn } from '../../tui/host/places.ts';
import { isAlive, waitForEnd } from '../../tui/host/wait-for-process.ts';
import { startFakeKedge } from '../support/fake-kedge.ts';
import { until } from '../support/until.ts';

afterEach(() => void vi.useRealTimers());

const signal = (): AbortSignal => AbortSignal.timeout(25_000);

/** A launcher in a home of its own, and what the daemon says until it answers. */
async function launcher(script: string) {
  const home = await mkdtemp(join(tmpdir(), 'kedge-home-'));
  const program = join(home, 'launcher');
  await writeFile(program, `#!/bin/sh\necho $$ >'${home}/pid'\n${script}\n`);
  await chmod(program, 0o755);
  const lines: string[] = [];
  const pid = async (): Promise<number> => Number(await readFile(join(home, 'pid'), 'utf8'));
  const options: EnsureOptions = {
    place: placeIn(home),
    home,
    args: ['--demo'],
    env: { PATH: process.env['PATH'] },
    timeoutMs: 10_000,
    program,
    onLine: (line) => lines.push(line),
  };
  return {
    options,
    lines,
    pid,
    begun: async () => (await pid().catch(() => 0)) > 0,
    log: async () => await readFile(join(home, 'state', 'daemon.log'), 'utf8'),
    [Symbol.asyncDispose]: async () => await rm(home, { recursive: true, force: true }),
  };
}

const daemon = `exec '${process.execPath}' '${resolve('test/support/fake-daemon.ts')}' "$@"`;

test('nobody there: the daemon is started with its words, its lines are passed on and logged', async () => {
  await using place = await launcher(daemon);
  const { session, started } = await ensureKedge(place.options, signal());
  expect(started).toBe(true);
  expect(place.lines).toEqual(['demo 50 % daemon --demo']);
  expect(await place.log()).toBe('demo 50 % daemon --demo\n');
  const pid = await place.pid();
  await session[Symbol.asyncDispose]();
  expect(isAlive(pid)).toBe(true);
  process.kill(pid, 'SIGTERM');
  await waitForEnd([pid], signal());
});

test('somebody there: nothing is started', async () => {
  await using place = await launcher(daemon);
  await using fake = await startFakeKedge(undefined, place.options.place.socket);
  const { session, started } = await ensureKedge(place.options, signal());
  await using _session = session;
  expect([started, fake.connections()]).toEqual([false, 1]);
  await expect(place.pid()).rejects.toThrow('ENOENT');
});

test('a daemon that ends at once is reported with what it said, without its hint', async () => {
  await using place = await launcher(
    'printf "kedge: the drive is gone\\nPlug it in.\\n" >&2; exit 3',
  );
  const error = await ensureKedge(place.options, signal()).catch((thrown: unknown) => thrown);
  const log = join(place.options.place.state, 'daemon.log');
  expect(failureOf(error)).toEqual({
    code: 'kedge-not-started',
    params: { why: 'the drive is gone', log },
  });
});

test('one that could say nothing on a full disk is known by its exit code', async () => {
  await using place = await launcher('exit 10');
  const error = await ensureKedge(place.options, signal()).catch((thrown: unknown) => thrown);
  expect(failureOf(error)).toMatchObject({ code: 'own-folder-full' });
});

test('a home that is a file is named, and nothing is started', async () => {
  await using place = await launcher(daemon);
  const home = join(place.options.home ?? '', 'launcher');
  const options = { ...place.options, home, place: placeIn(home) };
  const error = await ensureKedge(options, signal()).catch((thrown: unknown) => thrown);
  expect(failureOf(error).params).toEqual({
    path: join(home, 'state'),
    cause: 'a file lies where a folder must be',
  });
  await expect(place.pid()).rejects.toThrow('ENOENT');
});

test('a daemon that never answers is stopped after the deadline', async () => {
  await using place = await launcher('exec sleep 60');
  vi.useFakeTimers({ toFake: ['Date'] });
  const starting = ensureKedge(place.options, signal()).catch((thrown: unknown) => thrown);
  await until(place.begun);
  vi.setSystemTime(Date.now() + 10_001);
  expect(failureOf(await starting).params['why']).toContain('not ready after 10 s');
  await waitForEnd([await place.pid()], signal());
});

test('leaving while it starts stops it', async () => {
  await using place = await launcher('exec sleep 60');
  const leaving = new AbortController();
  const left = expect(ensureKedge(place.options, leaving.signal)).rejects.toThrow();
  await until(place.begun);
  leaving.abort();
  await left;
  await waitForEnd([await place.pid()], signal());
});
