import { connect } from 'node:net';
import { errorCode, errorMessage } from '../../os/error-code.ts';
import type { ProbeAnswer } from '../probe.ts';
import type { TcpProbeSettings } from '../probe-settings.ts';

const defaultTimeoutSeconds = 1;
const localhost = '127.0.0.1';

/** Whether somebody takes connections at a port. Nothing is sent; the connection is closed at once. */
export async function probeTcp(
  settings: TcpProbeSettings,
  signal: AbortSignal,
): Promise<ProbeAnswer> {
  const { host = localhost, port, timeoutSeconds: seconds = defaultTimeoutSeconds } = settings;
  const where = host === localhost ? `port ${port}` : `port ${port} of ${host}`;
  const deadline = AbortSignal.timeout(seconds * 1000);
  const began = performance.now();
  try {
    await connectTo(host, port, AbortSignal.any([signal, deadline]));
    return { ok: true, text: `${where} open in ${Math.round(performance.now() - began)} ms` };
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.aborted) return { ok: false, text: `${where} did not answer within ${seconds} s` };
    return { ok: false, text: reasonOf(where, host, error) };
  }
}

async function connectTo(host: string, port: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const socket = connect({ host, port, signal });
  socket.on('connect', resolve);
  socket.on('error', reject);
  try {
    await promise;
  } finally {
    socket.destroy();
  }
}

function reasonOf(where: string, host: string, error: unknown): string {
  switch (errorCode(error)) {
    case 'ECONNREFUSED':
      return `${where} refused the connection`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${where}: no address is known for ${host}`;
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `${where}: ${host} can't be reached`;
    default:
      return `${where}: ${errorMessage(error)}`;
  }
}
