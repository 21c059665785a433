import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import type * as z from 'zod';
import type { Snapshot } from '../../protocol/domain/snapshot.ts';
import type { Method } from '../../protocol/method.ts';
import { protocolVersion, sessionOpen, snapshotGet } from '../../protocol/methods/session.ts';
import { type Change, noticeMethod } from '../../protocol/notices.ts';
import { createPeer, type Peer } from '../../protocol/peer.ts';
import { cannedSnapshot } from './canned-snapshot.ts';

/** A call that came in, newest last. */
export interface SeenCall {
  readonly method: string;
  readonly params: unknown;
}

type Handler = (params: unknown, signal: AbortSignal) => unknown;

/** A Kedge that answers what a test tells it to, over a real Unix socket. */
export interface FakeKedge {
  readonly socket: string;
  readonly folder: string;
  readonly calls: SeenCall[];
  readonly connections: () => number;
  snapshot: Snapshot;
  epoch: string;
  /** Changes what is answered and told, the opening apart. */
  transform?: (value: unknown) => unknown;
  /** Answers a method from now on; may throw a KedgeError, may be async. */
  answer<P extends z.ZodType, R extends z.ZodType>(
    method: Method<P, R>,
    handler: (params: z.output<P>, signal: AbortSignal) => z.input<R> | Promise<z.input<R>>,
  ): void;
  /** Sends a notice to everybody with the next number, which also becomes the snapshot's. */
  notify(change: Change): void;
  /** Uses up a number without sending it, so that the next notice shows a gap. */
  loseNotice(): void;
  /** Cuts all connections; the next ones are taken again. */
  cut(): void;
  /** Stops listening and cuts all connections. */
  stop(): Promise<void>;
  start(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** `socket`: instead of one in a folder of its own. */
export async function startFakeKedge(
  snapshot: Snapshot = cannedSnapshot(),
  socket?: string,
): Promise<FakeKedge> {
  const folder = await mkdtemp(join(tmpdir(), 'kedge-fake-'));
  const handlers = new Map<string, Handler>();
  const open = new Map<WebSocket, Peer>();
  let server = createServer();
  const fake: FakeKedge = {
    socket: socket ?? join(folder, 'kedge.sock'),
    folder,
    calls: [],
    connections: () => open.size,
    snapshot,
    epoch: 'epoch-1',
    answer(method, handler) {
      handlers.set(method.name, (params, signal) => handler(method.params.parse(params), signal));
    },
    notify(change) {
      fake.loseNotice();
      const notice = { epoch: fake.epoch, seq: fake.snapshot.seq, change };
      for (const peer of open.values()) peer.notify(noticeMethod, notice);
    },
    loseNotice() {
      fake.snapshot = { ...fake.snapshot, seq: fake.snapshot.seq + 1 };
    },
    cut() {
      for (const socket of open.keys()) socket.terminate();
    },
    async stop() {
      fake.cut();
      await new Promise((resolve) => server.close(resolve));
    },
    async start() {
      server = createServer();
      new WebSocketServer({ server }).on('connection', take);
      await new Promise<void>((resolve) => server.listen(fake.socket, resolve));
    },
    async [Symbol.asyncDispose]() {
      await fake.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  const take = (socket: WebSocket): void => {
    const peer = createPeer({
      send: (text) => socket.send(text),
      handle(method, params, signal) {
        fake.calls.push({ method, params });
        const handler = handlers.get(method);
        if (handler === undefined) return undefined;
        const answer = answerWith(handler, params, signal);
        const { transform } = fake;
        return transform === undefined || method === sessionOpen.name
          ? answer
          : answer.then(transform);
      },
    });
    open.set(socket, peer);
    socket.on('message', (data) => peer.receive(String(data)));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      open.delete(socket);
      peer.close(new Error('closed'));
    });
  };
  fake.answer(sessionOpen, () => ({
    version: protocolVersion,
    capabilities: [],
    kedgeVersion: '0.1.0',
    pid: process.pid,
    installation: 'installation-1',
    epoch: fake.epoch,
    home: folder,
    role: 'admin' as const,
    session: 1,
  }));
  fake.answer(snapshotGet, () => fake.snapshot);
  await fake.start();
  return fake;
}

async function answerWith(
  handler: Handler,
  params: unknown,
  signal: AbortSignal,
): Promise<unknown> {
  return await handler(params, signal);
}
