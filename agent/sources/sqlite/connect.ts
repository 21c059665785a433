import Database from 'better-sqlite3';
import { makeSideFiles } from './side-files.ts';

interface Connection extends Disposable {
  readonly database: Database.Database;
}

/** A connection that closes with its scope. */
export function connect(path: string, options: Database.Options): Connection {
  makeSideFiles(path);
  return closing(new Database(path, { timeout: 5000, ...options }));
}

export function closing(database: Database.Database): Connection {
  return { database, [Symbol.dispose]: () => database.close() };
}
