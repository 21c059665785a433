import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { snapshotGet } from '../../protocol/methods/session.ts';
import { openSession, type RunningKedge, startKedge } from '../support/kedge.ts';
import { testWith } from '../support/require-tool.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

const run = promisify(execFile);
const folder = tempFolder();
let kedge: RunningKedge;

beforeAll(async () => {
  const { home } = await makeSmallApplication(folder.path);
  kedge = await startKedge(home);
});

afterAll(async () => {
  await kedge.stop();
  folder[Symbol.dispose]();
});

async function raw(): Promise<WebSocket> {
  const socket = new WebSocket(`ws+unix:${kedge.socket}:/`);
  await once(socket, 'open');
  return socket;
}

async function ask(socket: WebSocket, text: string): Promise<unknown> {
  const answer = once(socket, 'message');
  socket.send(text);
  const [data] = await answer;
  return JSON.parse(String(data));
}

test('only its owner may reach the socket', () => {
  expect(statSync(kedge.socket).mode & 0o777).toBe(0o600);
});

test('the first call must be session.open', async () => {
  const socket = await raw();
  const answer = await ask(socket, '{"jsonrpc":"2.0","id":1,"method":"snapshot.get"}');
  expect(answer).toMatchObject({ id: 1, error: { code: -32000, data: { code: 'not-open' } } });
  socket.terminate();
});

test('another version of the protocol is refused by name', async () => {
  const socket = await raw();
  const params = { version: 99, capabilities: [], client: 'x' };
  const answer = await ask(
    socket,
    JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'session.open', params }),
  );
  expect(answer).toMatchObject({ error: { data: { code: 'version-mismatch' } } });
  socket.terminate();
});

test.each([
  ['text that is no JSON', '{', -32700],
  ['a batch', '[]', -32600],
  ['an unknown method', '{"jsonrpc":"2.0","id":1,"method":"no.such"}', -32601],
  [
    'params of a wrong shape',
    '{"jsonrpc":"2.0","id":1,"method":"session.open","params":{}}',
    -32602,
  ],
])('%s is answered and the connection lives', async (_what, text, code) => {
  const socket = await raw();
  expect(await ask(socket, text)).toMatchObject({ error: { code } });
  expect(await ask(socket, 'again')).toMatchObject({ error: { code: -32700 } });
  socket.terminate();
});

test('a mutating call without a request id is refused', async () => {
  using session = await openSession(kedge.socket);
  const socket = await raw();
  const open = { version: 1, capabilities: [], client: 'x' };
  await ask(
    socket,
    JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'session.open', params: open }),
  );
  const answer = await ask(socket, '{"jsonrpc":"2.0","id":2,"method":"backup.create","params":{}}');
  expect(answer).toMatchObject({ error: { code: -32602 } });
  expect((await session.call(snapshotGet, {})).jobs).toEqual([]);
  socket.terminate();
});

test('an oversize frame closes its connection with 1009, the others live', async () => {
  const [first, second] = [await raw(), await raw()];
  const closed = once(first, 'close');
  first.send('x'.repeat(5 * 1024 * 1024));
  expect((await closed)[0]).toBe(1009);
  expect(await ask(second, '1')).toMatchObject({ error: { code: -32600 } });
  second.terminate();
});

test('bad UTF-8 closes its connection with 1007', async () => {
  const socket = connect(kedge.socket);
  socket.write(
    'GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
  );
  await once(socket, 'data');
  // A masked text frame of two bytes that are no UTF-8; the mask is zero.
  socket.write(Buffer.from([0x81, 0x82, 0, 0, 0, 0, 0xff, 0xfe]));
  const [frame] = await once(socket, 'data');
  expect([frame[0], frame.readUInt16BE(2)]).toEqual([0x88, 1007]);
  socket.destroy();
});

test('a page of a browser is refused, whatever its origin', async () => {
  const socket = new WebSocket(`ws+unix:${kedge.socket}:/`, { origin: 'http://localhost' });
  const [error] = await once(socket, 'error');
  expect(String(error)).toContain('401');
});

testWith('/usr/bin/python3')(
  'a client in Python that shares no code reads the snapshot',
  async () => {
    const script = fileURLToPath(new URL('../support/rpc-client.py', import.meta.url));
    const { stdout } = await run('/usr/bin/python3', [script, kedge.socket]);
    expect(JSON.parse(stdout)).toMatchObject([
      { id: 1, result: { version: 1 } },
      { id: 2, result: { application: { name: 'Shop' } } },
    ]);
  },
);
