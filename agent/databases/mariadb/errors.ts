import { errorCode, errorMessage } from '../../os/error-code.ts';
import { SqlError } from '../sql-session.ts';

/** What mysql2 throws, as what a server answered or in words that a person can use. */
export function mariadbError(error: unknown): unknown {
  if (isAnswer(error)) return new SqlError(String(error.errno), error.sqlMessage);
  const why = wordsFor(error);
  return why === undefined ? error : new Error(why, { cause: error });
}

/** Errors of the system have a number too, but no message of a server. */
function isAnswer(
  error: unknown,
): error is Error & { readonly errno: number; readonly sqlMessage: string } {
  return (
    error instanceof Error &&
    'errno' in error &&
    typeof error.errno === 'number' &&
    'sqlMessage' in error &&
    typeof error.sqlMessage === 'string'
  );
}

const words: Readonly<Record<string, string>> = {
  PROTOCOL_CONNECTION_LOST: 'it closed the connection',
  HANDSHAKE_NO_SSL_SUPPORT: 'it has no TLS',
  HANDSHAKE_UNKNOWN_ERROR: 'it does not speak the protocol of MariaDB and MySQL',
  MYSQL_CLEAR_PASSWORD_NOT_ENABLED: 'it asks for the password in the clear, without TLS',
};

function wordsFor(error: unknown): string | undefined {
  const [, plugin] = /using unknown plugin (\S+)\. See/.exec(errorMessage(error)) ?? [];
  return plugin === undefined
    ? words[errorCode(error)]
    : `it asks for a login by ${plugin}, which Kedge has not`;
}
