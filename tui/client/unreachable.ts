import { KedgeError } from '../../protocol/failures.ts';

/** Thrown into everything under way when the connection goes. */
export class ConnectionLost extends Error {}

/** Says which socket, and why in words a person understands; what knows why by itself says it. */
export function unreachable(socket: string, error: unknown): KedgeError {
  if (error instanceof KedgeError) return error;
  if (error instanceof ConnectionLost && error.cause instanceof KedgeError) return error.cause;
  return new KedgeError('kedge-unreachable', { socket, cause: causeOf(error) }, { cause: error });
}

const causes: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such socket, so Kedge does not run there',
  ECONNREFUSED: 'nobody listens there, Kedge was stopped or died',
  EACCES: 'this user may not use it',
  EPERM: 'this user may not use it',
  ENOTSOCK: 'this is not a socket',
};

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return causes[code] ?? error.message;
}
