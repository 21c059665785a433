import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { DatabaseSettings } from '../../agent/databases/settings.ts';
import { probe } from '../../agent/services/probe.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const { signal } = new AbortController();

async function ask(database?: DatabaseSettings, timeoutSeconds = 20) {
  const memory = { locks: new Map() };
  return await probe({ kind: 'sql', timeoutSeconds }, signal, { memory, database });
}

/** A server that says this to everybody and nothing more. */
async function pretend(greeting: string | Buffer): Promise<string> {
  const socket = join(temporaryFolder(), 'server.sock');
  const server = createServer((connection) =>
    connection.on('error', () => undefined).write(greeting),
  );
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  server.unref();
  return socket;
}

test.each(['postgres', 'mariadb'] as const)(
  'a %s that hangs is given up at the deadline, and said so',
  async (engine) => {
    const socket = await pretend('');
    const product = engine === 'postgres' ? 'PostgreSQL' : 'MariaDB';
    expect(await ask({ engine, socket, user: 'kedge', name: 'clinic' }, 0.2)).toEqual({
      ok: false,
      text: `${product} did not answer SELECT 1 in 0.2 s`,
    });
  },
);

test.each(['postgres', 'mariadb'] as const)(
  'somebody else at the place of a %s is not taken for it',
  async (engine) => {
    const socket = await pretend('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n'.repeat(4));
    const { ok, text } = await ask({ engine, socket, user: 'kedge', name: 'clinic' }, 0.2);
    expect([ok, text]).toEqual([
      false,
      expect.stringMatching(/did not answer (?:at .*: it|SELECT 1)/),
    ]);
  },
);

test('a login that pg knows nothing of ends the connection and not the process', async () => {
  const socket = await pretend(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 7]));
  expect(await ask({ engine: 'postgres', socket, user: 'kedge', name: 'clinic' })).toEqual({
    ok: false,
    text: `PostgreSQL did not answer at ${socket}: it asks for a login by GSSAPI, which Kedge has not`,
  });
});

test.each([
  ['postgres', [0x45, 0, 0, 0, 5, 0]],
  ['postgres', [0x21, 0, 0, 0, 4]],
  ['postgres', [0x44, 0, 0, 0, 6, 0, 9]],
  ['mariadb', [1, 0, 0, 0, 9]],
  ['mariadb', [2, 0, 0, 0, 10, 65]],
] as const)('a %s that breaks its own protocol (%j) ends no process', async (engine, bytes) => {
  const socket = await pretend(Buffer.from(bytes));
  const { ok, text } = await ask({ engine, socket, user: 'kedge', name: 'clinic' });
  expect([ok, text]).toEqual([false, expect.stringMatching(/did not answer/)]);
});

test('a server that is down is told with its place', async () => {
  const socket = join(temporaryFolder(), 'none.sock');
  expect(await ask({ engine: 'postgres', socket, user: 'kedge', name: 'clinic' })).toEqual({
    ok: false,
    text: `PostgreSQL did not answer at ${socket}: there is no such socket, so it is down or listens elsewhere`,
  });
});

test('without a database there is nobody to be asked', async () => {
  expect(await ask()).toEqual({
    ok: false,
    text: 'SELECT 1 was not asked: the service has no "database"',
  });
});
