import { TdsError } from './server.ts';

export function cannotOpen(path: string, why: string, code: number): TdsError {
  return new TdsError(
    {
      number: 3201,
      text: `Cannot open backup device '${path}'. Operating system error ${code}(${why}.).`,
    },
    { number: 3013, text: 'BACKUP DATABASE is terminating abnormally.' },
  );
}

/** One statement that is denied. */
export function denied(what: string): TdsError {
  return new TdsError({ number: 262, text: `${what} permission denied in database 'master'.` });
}

export function noSuchDatabase(name: string): TdsError {
  return new TdsError({
    number: 911,
    text: `Database '${name}' does not exist. Make sure that the name is entered correctly.`,
  });
}
