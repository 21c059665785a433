import { expect, test } from 'vitest';
import { KedgeError } from '../../protocol/failures.ts';
import { BadParams, createPeer, type Peer, RpcError } from '../../protocol/peer.ts';

interface Pair {
  readonly client: Peer;
  readonly server: Peer;
  /** What the server sent, decoded. */
  readonly sent: unknown[];
}

function connect(
  handle: (method: string, params: unknown, signal: AbortSignal) => Promise<unknown> | undefined,
): Pair {
  const sent: unknown[] = [];
  const server: Peer = createPeer({
    handle,
    send: (text) => {
      sent.push(JSON.parse(text));
      queueMicrotask(() => client.receive(text));
    },
    maxRequests: 2,
  });
  const client: Peer = createPeer({
    handle: () => undefined,
    send: (text) => queueMicrotask(() => server.receive(text)),
  });
  return { client, server, sent };
}

test('a request is answered with its result', async () => {
  const { client } = connect(async (_method, params) => ({ got: params }));
  expect(await client.request('echo', { a: 1 })).toEqual({ got: { a: 1 } });
});

test('a failure arrives as the same error with its parameters', async () => {
  const { client } = connect(async () => {
    throw new KedgeError('not-found', { what: 'job', id: 7, list: 'job' });
  });
  await expect(client.request('job.show', {})).rejects.toMatchObject({
    failure: { code: 'not-found', params: { what: 'job', id: 7, list: 'job' } },
  });
});

test('an unknown method and bad params have the codes of JSON-RPC', async () => {
  const { client } = connect((method) =>
    method === 'known' ? Promise.reject(new BadParams('a: wrong')) : undefined,
  );
  const unknown = await client.request('nope', {}).catch((error: unknown) => error);
  const bad = await client.request('known', {}).catch((error: unknown) => error);
  expect([unknown, bad]).toEqual([expect.any(RpcError), expect.any(RpcError)]);
  expect([unknown, bad].map((error) => (error instanceof RpcError ? error.code : 0))).toEqual([
    -32601, -32602,
  ]);
});

test.each([
  ['no JSON', '{"jsonrpc":', null, -32700],
  ['a batch', '[{"jsonrpc":"2.0","id":1,"method":"a"}]', null, -32600],
  ['an empty batch', '[]', null, -32600],
  ['a number', '1', null, -32600],
  ['null', 'null', null, -32600],
  ['a method that is no string', '{"jsonrpc":"2.0","id":3,"method":1}', 3, -32600],
  ['no version', '{"id":4,"method":"a"}', 4, -32600],
])('%s gets one answer that says so', (_what, text, id, code) => {
  const { server, sent } = connect(async () => undefined);
  server.receive(text);
  expect(sent).toEqual([{ jsonrpc: '2.0', id, error: { code, message: expect.any(String) } }]);
});

test('a notification is never answered', () => {
  const { server, sent } = connect(async () => 'x');
  server.receive('{"jsonrpc":"2.0","method":"unheard-of"}');
  expect(sent).toEqual([]);
});

test('an aborted request aborts the work at the other end', async () => {
  const begun = Promise.withResolvers<AbortSignal>();
  const { client } = connect(async (_method, _params, signal) => {
    begun.resolve(signal);
    await new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason)),
    );
  });
  const abort = new AbortController();
  const asked = client.request('slow', {}, abort.signal);
  const signal = await begun.promise;
  abort.abort(new Error('enough'));
  await expect(asked).rejects.toThrow('enough');
  await expect.poll(() => signal.aborted).toBe(true);
});

test('more requests at once than the bound are refused, the others live', async () => {
  const gate = Promise.withResolvers<string>();
  const { client } = connect(async () => await gate.promise);
  const first = client.request('a', {});
  const second = client.request('b', {});
  await expect(client.request('c', {})).rejects.toMatchObject({ failure: { code: 'busy' } });
  gate.resolve('ok');
  expect(await Promise.all([first, second])).toEqual(['ok', 'ok']);
});

test('an id that is still at work is refused, so that it cannot escape the bound', async () => {
  const { server, sent } = connect(async () => await new Promise(() => undefined));
  for (const _ of [1, 2, 3]) server.receive('{"jsonrpc":"2.0","id":7,"method":"a"}');
  const error = { code: -32600, message: 'a request with this id is still at work' };
  expect(sent).toEqual([
    { jsonrpc: '2.0', id: 7, error },
    { jsonrpc: '2.0', id: 7, error },
  ]);
});

test('closing fails what is under way and what comes later', async () => {
  const { client } = connect(async () => await new Promise(() => undefined));
  const asked = client.request('a', {});
  client.close(new Error('gone'));
  await expect(asked).rejects.toThrow('gone');
  await expect(client.request('b', {})).rejects.toThrow('gone');
});
