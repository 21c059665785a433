import Database from 'better-sqlite3';

interface Connection extends Disposable {
  readonly database: Database.Database;
}

/** A connection that closes with its scope. */
export function connect(path: string, options: Database.Options): Connection {
  return closing(new Database(path, { timeout: 5000, ...options }));
}

export function closing(database: Database.Database): Connection {
  return { database, [Symbol.dispose]: () => database.close() };
}
