import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { probe } from '../../agent/services/probe.ts';
import { freePort } from '../support/service-fixture.ts';

const { signal } = new AbortController();

/** A server for one test; closed with all its connections. */
async function serve(listener: RequestListener): Promise<AsyncDisposable & { url: string }> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return {
    url: `http://127.0.0.1:${port}/health?deep=1`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

test.each([
  [200, undefined, true],
  [204, undefined, true],
  [302, undefined, false],
  [503, undefined, false],
  [401, 401, true],
  [200, 401, false],
])('status %i where %s is expected is well: %s', async (status, expected, ok) => {
  await using server = await serve((_, response) => response.writeHead(status).end('{}'));
  const settings = expected === undefined ? {} : { status: expected };
  expect(await probe({ kind: 'http', url: server.url, ...settings }, signal)).toEqual({
    ok,
    text: ok
      ? expect.stringMatching(new RegExp(`^GET /health ${status} in \\d+ ms$`))
      : `GET /health gave ${status}`,
  });
});

test('an answer whose body never ends is a time-out', async () => {
  await using server = await serve((_, response) => {
    response.writeHead(200).write('{');
  });
  const settings = { kind: 'http' as const, url: server.url, timeoutSeconds: 0.2 };
  expect(await probe(settings, signal)).toEqual({
    ok: false,
    text: 'GET /health timed out after 0.2 s',
  });
});

test('a body cut off in the middle is no answer', async () => {
  await using server = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '10' }).write('{', () => response.destroy());
  });
  expect((await probe({ kind: 'http', url: server.url }, signal)).ok).toBe(false);
});

test('a port on which nobody listens is told in words', async () => {
  const url = `http://127.0.0.1:${await freePort()}/health`;
  expect(await probe({ kind: 'http', url }, signal)).toEqual({
    ok: false,
    text: 'GET /health: connection refused',
  });
});

test('a connection that is closed without an answer is told in words', async () => {
  await using server = await serve((request) => request.socket.destroy());
  expect(await probe({ kind: 'http', url: server.url }, signal)).toEqual({
    ok: false,
    text: 'GET /health: connection closed without an answer',
  });
});

test('a probe that is given up throws and says nothing of the service', async () => {
  await using server = await serve(() => undefined);
  const given = new AbortController();
  const asked = probe({ kind: 'http', url: server.url }, given.signal);
  given.abort();
  await expect(asked).rejects.toThrow('aborted');
});
