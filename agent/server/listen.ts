import { once } from 'node:events';
import { chmod, chown, lstat, mkdir, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { type WebSocket, WebSocketServer } from 'ws';
import { errorCode } from '../os/error-code.ts';
import { createServer } from '../os/http.ts';
import { type ConnectionOptions, openConnection } from './connection.ts';
import type { Daemon } from './daemon.ts';
import type { Door } from './door.ts';
import { noteRefusals } from './refusals.ts';
import { recordRequests } from './requests.ts';

/** Frames above this close the connection with 1009, bytes. The largest method takes 1 MB of text. */
const maxFrameBytes = 4 * 1024 * 1024;
const maxConnections = 64;
/** Those that have not said what they want yet count as well: whoever may only look must not use up what files may be open. */
const maxSockets = 96;
/** A client that does not read: its connection is ended when this much waits for it, bytes. */
const maxWaitingBytes = 16 * 1024 * 1024;

/** Listens on a Unix socket; its owner and mode are the access control. The lock on the state folder is held already. */
export async function listen(daemon: Daemon, door: Door): Promise<AsyncDisposable> {
  const { path, gid } = door;
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await removeOldSocket(path);
  const http = createServer((_request, response) => {
    response.writeHead(426, { 'content-type': 'text/plain' });
    response.end('Kedge speaks JSON-RPC 2.0 over WebSocket here.\n');
  });
  http.maxConnections = maxSockets;
  const sockets = new WebSocketServer({
    server: http,
    maxPayload: maxFrameBytes,
    perMessageDeflate: false,
    // A browser always says where a page comes from: none is welcome.
    verifyClient: ({ origin }: { origin?: string }) => origin === undefined,
  });
  const records = {
    requests: recordRequests(daemon.state, daemon.now),
    refusals: noteRefusals(daemon.state, daemon.now),
  };
  sockets.on('connection', (socket) => {
    if (sockets.clients.size > maxConnections) {
      socket.close(1013, 'too many connections');
      return;
    }
    serve(socket, daemon, door, records);
  });
  // ws hands errors of the server on, and would throw where nobody listens; `once` below has them.
  sockets.on('error', () => undefined);
  const listening = once(http, 'listening');
  // For the call alone, which binds at once: services that start meanwhile would get it too.
  const previous = process.umask(0o177);
  try {
    http.listen(path);
  } finally {
    process.umask(previous);
  }
  await listening;
  const server = { [Symbol.asyncDispose]: async () => await close(http, sockets) };
  try {
    if (gid !== undefined) await chown(path, -1, gid);
    await chmod(path, gid === undefined ? 0o600 : 0o660);
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
  return server;
}

/** What a Kedge that died has left. Anything else at that path is somebody's. */
async function removeOldSocket(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isSocket()) throw new Error(`"${path}" is there and is no socket`);
  const code = await whyNobodyListens(path);
  if (code === undefined) throw new Error(`somebody listens at "${path}" already`);
  if (code !== 'ECONNREFUSED' && code !== 'ENOENT')
    throw new Error(`whether somebody listens at "${path}" can't be told: ${code}`);
  await rm(path, { force: true });
}

/** Undefined: somebody does. */
async function whyNobodyListens(path: string): Promise<string | undefined> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return undefined;
  } catch (error) {
    return errorCode(error);
  } finally {
    socket.destroy();
  }
}

function serve(
  socket: WebSocket,
  daemon: Daemon,
  door: Door,
  records: Pick<ConnectionOptions, 'requests' | 'refusals'>,
): void {
  const connection = openConnection({
    daemon,
    ...records,
    number: daemon.presence.enter(),
    door,
    send: (text) => {
      if (socket.bufferedAmount > maxWaitingBytes) socket.terminate();
      else socket.send(text);
    },
    sendBytes: async (frame) => await sendBytes(socket, frame),
  });
  socket.on('message', (data, isBinary) => {
    if (!isBinary) return connection.receive(data.toString());
    // One Buffer a message, as the socket's binaryType is left at "nodebuffer".
    const problem = Buffer.isBuffer(data) ? connection.receiveBytes(data) : 'a list of buffers';
    if (problem !== undefined) socket.close(1008, problem);
  });
  socket.on('close', () => connection.closed());
  // ws has said why it closes the connection by then, or the connection is gone: to cut it here would lose that word.
  socket.on('error', () => undefined);
}

async function sendBytes(socket: WebSocket, frame: Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    socket.send(frame, { binary: true }, (error) => (error == null ? resolve() : reject(error)));
  });
}

async function close(http: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.close(1001, 'Kedge is stopping');
  const closed = once(http, 'close');
  http.close();
  // Clients that do not answer the closing handshake are cut.
  const deadline = AbortSignal.timeout(1_000);
  deadline.addEventListener('abort', () => {
    for (const socket of sockets.clients) socket.terminate();
    http.closeAllConnections();
  });
  await closed;
}
