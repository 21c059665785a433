import type { Duplex } from 'node:stream';

/** One WebSocket over a Unix socket, or over what leads to one: text frames for calls, binary ones for transfers. */
export interface Connection {
  send(text: string): void;
  /** Settles when the frame has left this process; its buffer may be used again then. */
  sendBytes(frame: Uint8Array): Promise<void>;
  close(): void;
}

export interface ConnectionEvents {
  onText(text: string): void;
  onBytes(frame: Uint8Array): void;
  /** Once, after the connection was open; not called when it never opened. */
  onClose(reason: Error): void;
}

/** Connects to where Kedge listens in another way than by a socket of this machine. */
export type Dial = (signal: AbortSignal) => Promise<Duplex>;

/** A snapshot with 200 jobs is some 200 KiB; a page of 1,000 backups about 2 MiB. */
const maxPayloadBytes = 64 * 1024 * 1024;
const options = { maxPayload: maxPayloadBytes, perMessageDeflate: false } as const;
const handshakeTimeoutMs = 5_000;
/** Over lines that may be slow. */
const farHandshakeTimeoutMs = 20_000;

/** Rejects with the system's error when nobody listens at `socket`, or with what `dial` rejects with. */
export async function openConnection(
  { socket, dial }: { readonly socket: string; readonly dial?: Dial | undefined },
  events: ConnectionEvents,
  signal: AbortSignal,
): Promise<Connection> {
  signal.throwIfAborted();
  const stream = await dial?.(signal);
  let problem: Error | undefined;
  // ws keeps to itself why a stream broke.
  stream?.on('error', (error) => {
    problem ??= error;
  });
  // Loads all of HTTP and TLS: not before the first frame is painted.
  const [{ WebSocket }, { connect }] = await Promise.all([import('ws'), import('node:net')]);
  if (signal.aborted) stream?.destroy();
  signal.throwIfAborted();
  const webSocket =
    stream === undefined
      ? new WebSocket('ws://kedge/', {
          ...options,
          handshakeTimeout: handshakeTimeoutMs,
          // The URL of a socket has no place for a space, a letter beyond ASCII, "%", "#", "?" or ":" in its path.
          createConnection: () => connect({ path: socket }),
        })
      : new WebSocket('ws://kedge/', { ...options, createConnection: () => stream });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  webSocket.on('error', (error) => {
    problem ??= error;
    reject(problem);
  });
  webSocket.on('open', () => resolve());
  webSocket.on('message', (data, isBinary) => {
    if (!isBinary) events.onText(String(data));
    else if (Buffer.isBuffer(data)) events.onBytes(data);
  });
  const onAbort = (): void => webSocket.terminate();
  // A stream that is no socket of the system has no deadline of its own.
  const deadline =
    stream === undefined
      ? signal
      : AbortSignal.any([signal, AbortSignal.timeout(farHandshakeTimeoutMs)]);
  deadline.addEventListener('abort', onAbort, { once: true });
  try {
    await promise;
  } finally {
    deadline.removeEventListener('abort', onAbort);
  }
  webSocket.on('close', () => events.onClose(problem ?? new Error('the connection was closed')));
  return {
    send: (text) => webSocket.send(text),
    sendBytes: async (frame) =>
      await new Promise<void>((sent, fail) => {
        webSocket.send(frame, { binary: true }, (error) => (error == null ? sent() : fail(error)));
      }),
    close: () => webSocket.terminate(),
  };
}
