/** One WebSocket over a Unix socket: text frames for calls, binary ones for transfers. */
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
  // Loads all of HTTP and TLS: not before the first frame is painted.
  const { WebSocket } = await import('ws');
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
    else if (Buffer.isBuffer(data)) events.onBytes(data);
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
    sendBytes: async (frame) =>
      await new Promise<void>((sent, fail) => {
        webSocket.send(frame, { binary: true }, (error) => (error == null ? sent() : fail(error)));
      }),
    close: () => webSocket.terminate(),
  };
}
