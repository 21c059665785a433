import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** What becomes of one connection; the ones after the last plan are let alone. */
export interface LinePlan {
  /** Both ends are destroyed when so many bytes have passed. */
  readonly cutAfter?: number;
  /** What passes waits so long a piece: a slow line. */
  readonly delayMs?: number;
}

/** A line to a Unix socket that breaks as it is told. */
export interface CuttingProxy extends AsyncDisposable {
  readonly socket: string;
  readonly connections: () => number;
  /** Bytes passed in both directions over all connections. */
  readonly bytes: () => number;
}

export async function startCuttingProxy(
  target: string,
  socket: string,
  plans: readonly LinePlan[],
): Promise<CuttingProxy> {
  let connections = 0;
  let bytes = 0;
  const open = new Set<Socket>();
  const server = createServer((near) => {
    const plan = plans[connections] ?? {};
    connections += 1;
    let passed = 0;
    const far = connect(target);
    const cut = (): void => {
      near.destroy();
      far.destroy();
    };
    const pass = async (from: Socket, to: Socket): Promise<void> => {
      for await (const piece of from) {
        passed += piece.length;
        bytes += piece.length;
        if (plan.cutAfter !== undefined && passed >= plan.cutAfter) return cut();
        if (plan.delayMs !== undefined) await delay(plan.delayMs);
        if (!to.write(piece)) await once(to, 'drain');
      }
      cut();
    };
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.on('error', () => undefined);
      from.once('close', () => open.delete(from));
      pass(from, to).catch(cut);
    }
  });
  server.listen(socket);
  await once(server, 'listening');
  return {
    socket,
    connections: () => connections,
    bytes: () => bytes,
    [Symbol.asyncDispose]: async () => {
      for (const one of open) one.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
