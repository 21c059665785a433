import { KedgeError } from '../../protocol/failures.ts';
import { errorCode, errorMessage } from '../os/error-code.ts';
import { SqlError } from './sql-session.ts';

/** Who asks whom. */
export interface Asked {
  readonly product: string;
  readonly where: string;
  readonly user: string;
}

/** What a server answers to a question of ours, as a failure. */
export async function asking<T>(
  product: string,
  signal: AbortSignal,
  work: Promise<T>,
): Promise<T> {
  return await work.catch((error: unknown) => {
    signal.throwIfAborted();
    if (error instanceof KedgeError) throw error;
    const why = errorMessage(error);
    const named = productIn(error) ?? product;
    throw new KedgeError('database-failed', { product: named, why }, { cause: error });
  });
}

/** Who asks may not know which of two products listens there; a driver that does marks its errors with it. */
export function ofProduct(product: string | undefined, error: unknown): unknown {
  return product !== undefined && error instanceof Error
    ? Object.assign(error, { product })
    : error;
}

export function productIn(error: unknown): string | undefined {
  if (!(error instanceof Error && 'product' in error)) return undefined;
  return typeof error.product === 'string' ? error.product : undefined;
}

/** What failed before a server let in. `isRefusal`: by its code, the login itself. */
export function connectFailure(
  { product, where, user }: Asked,
  error: unknown,
  isRefusal: (error: SqlError) => boolean,
): KedgeError {
  const why = reasonOf(error);
  return error instanceof SqlError && isRefusal(error)
    ? new KedgeError('database-login-refused', { product, where, user, why }, { cause: error })
    : new KedgeError('database-unreachable', { product, where, why }, { cause: error });
}

function reasonOf(error: unknown): string {
  switch (errorCode(error)) {
    case 'ECONNREFUSED':
      return 'nobody listens there';
    case 'ENOENT':
      return 'there is no such socket, so it is down or listens elsewhere';
    case 'EACCES':
      return 'the user that Kedge runs as may not open this socket';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'no address is known for this name';
    default:
      // Of a certificate Node goes on with advice on how to start Node.
      return errorMessage(error).split('; if the root CA')[0] ?? '';
  }
}
