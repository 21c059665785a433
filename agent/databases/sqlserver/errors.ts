import { errorCode, errorMessage } from '../../os/error-code.ts';
import { SqlError } from '../sql-session.ts';

/** What tedious throws, as what a server answered or in words that a person can use. */
export function sqlserverError(error: unknown): unknown {
  // A statement that fails says why first, and then that it was given up ("BACKUP DATABASE is terminating abnormally").
  const answers = error instanceof AggregateError ? error.errors : [error];
  const answer = answers.find(isAnswer);
  if (answer !== undefined) {
    const words = answers.filter(isAnswer).map(({ message }) => message);
    return new SqlError(String(answer.number), words.join(' '));
  }
  if (errorCode(error) === 'ESOCKET' && error instanceof Error && error.cause instanceof Error)
    return ofSocket(error.cause);
  if (errorMessage(error) === hungUp) return ofSocket(new Error(hungUp, { cause: error }));
  const why = wordsFor(error);
  return why === undefined ? error : new Error(why, { cause: error });
}

const hungUp = 'socket hang up';

function ofSocket(cause: Error): Error {
  return cause.message === hungUp ? new Error('it closed the connection', { cause }) : cause;
}

function isAnswer(error: unknown): error is Error & { readonly number: number } {
  return error instanceof Error && 'number' in error && typeof error.number === 'number';
}

const words: Readonly<Record<string, string>> = {
  EENCRYPT: 'it wants TLS: set "tls" to true, or to a file of certificates',
  ECLOSE: 'it closed the connection',
  EINVALIDSTATE: 'the connection is closed',
};

function wordsFor(error: unknown): string | undefined {
  if (errorMessage(error).startsWith('Server did not negotiate encryption')) return 'it has no TLS';
  if (errorMessage(error) === 'Unable to process incoming packet')
    return 'it does not speak the protocol of SQL Server';
  return words[errorCode(error)];
}
