import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** A line to a Unix socket on which all takes long, and which stands still when it is told. */
export interface SlowLine extends AsyncDisposable {
  readonly socket: string;
  /** Nothing passes until what is answered is called; what came meanwhile arrives then, in order. */
  hold(): () => void;
}

/** `oneWayMs`: half of what an answer takes at least. */
export async function startSlowLine(
  target: string,
  socket: string,
  oneWayMs: number,
): Promise<SlowLine> {
  let still = Promise.resolve();
  const open = new Set<Socket>();
  const pass = (from: Socket, to: Socket): void => {
    let before = Promise.resolve();
    open.add(from);
    from.on('data', (piece) => {
      const due = delay(oneWayMs);
      // In order: never before what came earlier, nor while all stands still.
      before = before
        .then(() => due)
        .then(() => still)
        .then(() => void to.write(piece));
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
    hold() {
      const { promise, resolve } = Promise.withResolvers<void>();
      still = promise;
      return resolve;
    },
    async [Symbol.asyncDispose]() {
      for (const one of open) one.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
