import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A line to a Unix socket on which all takes long, and which stands still when it is told. */
export interface SlowLine extends AsyncDisposable {
  readonly socket: string;
  /** Nothing passes for so long; what comes meanwhile arrives afterwards, in order. */
  stall(ms: number): void;
}

/** `oneWayMs`: half of what an answer takes at least. */
export async function startSlowLine(
  target: string,
  socket: string,
  oneWayMs: number,
): Promise<SlowLine> {
  let stillUntil = 0;
  const open = new Set<Socket>();
  const pass = (from: Socket, to: Socket): void => {
    let lastAt = 0;
    open.add(from);
    from.on('data', (piece) => {
      const now = performance.now();
      // In order: never before what came earlier, nor while all stands still.
      lastAt = Math.max(lastAt, Math.max(now, stillUntil) + oneWayMs);
      setTimeout(() => to.write(piece), lastAt - now);
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      open.delete(from);
      to.destroy();
    });
  };
  const server = createServer((near) => {
    const far = connect(target);
    pass(near, far);
    pass(far, near);
  });
  server.listen(socket);
  await once(server, 'listening');
  return {
    socket,
    stall(ms) {
      stillUntil = Math.max(stillUntil, performance.now() + ms);
    },
    async [Symbol.asyncDispose]() {
      for (const one of open) one.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
