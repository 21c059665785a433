import Database from 'better-sqlite3';

/** A connection that closes with its scope. */
export function connect(
  path: string,
  options: Database.Options,
): Disposable & { readonly database: Database.Database } {
  const database = new Database(path, { timeout: 5000, ...options });
  return { database, [Symbol.dispose]: () => database.close() };
}
