import WebSocket from 'ws';

/** One WebSocket over a Unix socket. Text frames only; what comes in goes to `onText`. */
export interface Connection {
  send(text: string): void;
  close(): void;
}

export interface ConnectionEvents {
  onText(text: string): void;
  /** Once, after the connection was open; not called when it never opened. */
  onClose(reason: Error): void;
}

/** A snapshot with 200 jobs is some 200 KiB; a page of 1,000 backups about 2 MiB. */
const maxPayloadBytes = 64 * 1024 * 1024;
const handshakeTimeoutMs = 5_000;

/** Rejects with the system's error when nobody listens at `socket`. */
export async function openConnection(
  socket: string,
  events: ConnectionEvents,
  signal: AbortSignal,
): Promise<Connection> {
  signal.throwIfAborted();
  const webSocket = new WebSocket(`ws+unix:${socket}:/`, {
    maxPayload: maxPayloadBytes,
    handshakeTimeout: handshakeTimeoutMs,
    perMessageDeflate: false,
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let problem: Error | undefined;
  webSocket.on('error', (error) => {
    problem = error;
    reject(error);
  });
  webSocket.on('open', () => resolve());
  webSocket.on('message', (data, isBinary) => {
    if (!isBinary) events.onText(String(data));
  });
  const onAbort = (): void => webSocket.terminate();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    await promise;
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
  webSocket.on('close', () => events.onClose(problem ?? new Error('the connection was closed')));
  return {
    send: (text) => webSocket.send(text),
    close: () => webSocket.terminate(),
  };
}
