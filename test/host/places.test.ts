import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findPlaces } from '../../agent/os/places.ts';
import { failureOf } from '../../protocol/failures.ts';
import { demoHome, findSocket, userPlace } from '../../tui/host/places.ts';
import { startFakeKedge } from '../support/fake-kedge.ts';

test('a named socket wins over everything', async () => {
  expect(await findSocket('/named.sock', { KEDGE_HOME: '/h' })).toBe('/named.sock');
});

test('KEDGE_HOME wins over a Kedge of the user that is running', async () => {
  const runtime = await mkdtemp(join(tmpdir(), 'kedge-runtime-'));
  await using _fake = await startFakeKedge(undefined, join(runtime, 'kedge.sock'));
  const env = { XDG_RUNTIME_DIR: runtime };
  expect(await findSocket(undefined, env)).toBe(join(runtime, 'kedge.sock'));
  expect(await findSocket(undefined, { ...env, KEDGE_HOME: '/h' })).toBe('/h/kedge.sock');
  await rm(runtime, { recursive: true, force: true });
});

test('where nobody listens the user his own socket is named', async () => {
  const env = { XDG_RUNTIME_DIR: '/nowhere' };
  expect(await findSocket(undefined, env)).toBe('/nowhere/kedge.sock');
});

test.each<NodeJS.ProcessEnv>([
  {},
  { KEDGE_HOME: '/h' },
  { KEDGE_HOME: '' },
  { XDG_STATE_HOME: '/s' },
  { XDG_STATE_HOME: '/s', XDG_RUNTIME_DIR: '/r' },
  { XDG_STATE_HOME: '', XDG_RUNTIME_DIR: '', XDG_CONFIG_HOME: '' },
])('with %j client and daemon mean the same places', (env) => {
  const { socket, state } = findPlaces(env);
  expect(userPlace(env)).toEqual({ socket, state });
});

test('an empty variable of XDG is as one that is not set', () => {
  const empty = { XDG_STATE_HOME: '', XDG_RUNTIME_DIR: '', XDG_CONFIG_HOME: '' };
  expect(findPlaces(empty)).toEqual(findPlaces({}));
});

test('a socket path that the system would not take is refused by name', () => {
  const home = `/${'x'.repeat(100)}`;
  try {
    userPlace({ KEDGE_HOME: home });
    expect.unreachable();
  } catch (error) {
    expect(failureOf(error).code).toBe('socket-path-too-long');
  }
});

test('the demo lives beside the state of the user, or where it is told to', () => {
  expect(demoHome({ XDG_STATE_HOME: '/s' })).toBe('/s/kedge-demo');
  expect(demoHome({ XDG_STATE_HOME: '/s', KEDGE_DEMO_HOME: '/d' })).toBe('/d');
});
