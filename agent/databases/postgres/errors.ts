import { errorMessage } from '../../os/error-code.ts';
import { SqlError } from '../sql-session.ts';

/** What pg throws, as what a server answered or in words that a person can use. */
export function postgresError(error: unknown): unknown {
  const message = errorMessage(error);
  if (isAnswer(error)) return new SqlError(error.code, message);
  const why = wordsFor(message);
  return why === undefined ? error : new Error(why, { cause: error });
}

/** Errors of the system have a code too, but no severity. */
function isAnswer(error: unknown): error is Error & { readonly code: string } {
  return (
    error instanceof Error &&
    'severity' in error &&
    'code' in error &&
    typeof error.code === 'string'
  );
}

const ways: Readonly<Record<string, string>> = { 2: 'Kerberos', 7: 'GSSAPI', 9: 'SSPI' };

function wordsFor(message: string): string | undefined {
  const [, way] = /^Unknown authenticationOk message type (\d+)/.exec(message) ?? [];
  if (way !== undefined)
    return `it asks for a login by ${ways[way] ?? `method ${way}`}, which Kedge has not`;
  if (message.startsWith('Connection terminated')) return 'it closed the connection';
  if (message === 'The server does not support SSL connections') return 'it has no TLS';
  if (message.startsWith('received invalid response'))
    return 'it does not speak the protocol of PostgreSQL';
  return undefined;
}
