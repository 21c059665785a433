import { once } from 'node:events';
import { WebSocket } from 'ws';
import { protocolVersion, sessionOpen } from '../../protocol/methods/session.ts';
import { createPeer, type Peer } from '../../protocol/peer.ts';

/** A session of which a test sends and sees every frame. */
export interface RawSession extends Disposable {
  readonly socket: WebSocket;
  readonly peer: Peer;
  /** Binary frames, in order. */
  readonly frames: Buffer[];
  /** Notifications, in order. */
  readonly notices: { readonly method: string; readonly params: unknown }[];
  /** Settles with code and reason when Kedge closes the connection. */
  readonly closed: Promise<readonly [code: number, reason: string]>;
}

export async function openRawSession(path: string): Promise<RawSession> {
  const socket = new WebSocket(`ws+unix:${path}:/`);
  const frames: Buffer[] = [];
  const notices: { method: string; params: unknown }[] = [];
  const peer = createPeer({
    send: (text) => socket.send(text),
    handle: () => undefined,
    notice: (method, params) => void notices.push({ method, params }),
  });
  socket.on('message', (data, isBinary) => {
    if (!isBinary) peer.receive(String(data));
    else if (Buffer.isBuffer(data)) frames.push(data);
  });
  const closed = new Promise<readonly [number, string]>((resolve) => {
    socket.once('close', (code, reason) => {
      peer.close(new Error('closed'));
      resolve([code, String(reason)]);
    });
  });
  await once(socket, 'open');
  const open = { version: protocolVersion, capabilities: [], client: 'test' };
  await peer.request(sessionOpen.name, open);
  return {
    socket,
    peer,
    frames,
    notices,
    closed,
    [Symbol.dispose]: () => socket.terminate(),
  };
}
