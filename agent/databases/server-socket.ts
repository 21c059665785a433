import { readFile } from 'node:fs/promises';
import { connect, type NetConnectOpts, type Socket } from 'node:net';

export interface ServerPlace {
  readonly socket?: string;
  readonly host: string;
  readonly port: number;
}

/** What every engine's driver is told. */
export interface ServerLogin {
  readonly place: ServerPlace;
  /** Absent: in the clear. */
  readonly tls?: { readonly ca?: string };
  readonly isLocal: boolean;
  readonly user: string;
  readonly password: string | undefined;
}

/** Proven by its certificate, whatever the environment says; undefined: in the clear. */
export async function tlsOptionsOf({ tls }: Pick<ServerLogin, 'tls'>) {
  if (tls === undefined) return undefined;
  const trusted = tls.ca === undefined ? {} : { ca: await readFile(tls.ca) };
  return { rejectUnauthorized: true, ...trusted };
}

/** A machine in between forgets connections on which nothing is said: during the hours of a dump, say. */
const keptAlive = { keepAlive: true, keepAliveInitialDelay: 30_000 };

/** Already on its way, so that no driver looks for another place, and Kedge can end it at any time. */
export function socketTo({ socket: path, host, port }: ServerPlace): Socket {
  const options: NetConnectOpts =
    path === undefined ? { host, port, noDelay: true, ...keptAlive } : { path };
  return connect(options);
}

/** An abort ends the connection at once, and the wait for what a driver does with it. */
async function untilAborted<T>(socket: Socket, work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = (): void => {
    socket.destroy();
    reject(signal.reason);
  };
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The same for all that one driver is asked, with its errors as Kedge's own. */
export function answersOn(socket: Socket, ownError: (error: unknown) => unknown) {
  return async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
    await untilAborted(socket, work, signal).catch((error: unknown) => {
      throw signal.aborted ? error : ownError(error);
    });
}

/** A driver that said goodbye waits for the server to hang up. */
const mostFarewellMs = 1000;

export function closeSoon(socket: Socket): void {
  socket.setTimeout(mostFarewellMs, () => socket.destroy());
}
