/** Of a server's answer, as text; null: SQL's null. */
export type SqlRow = Readonly<Record<string, string | null>>;

/** A connection to a database server, logged in. What breaks it off ends it. */
export interface SqlSession extends Disposable {
  /** "15.18 (Debian 15.18-0+deb12u1)". */
  readonly version: string;
  /** One statement after the other; throws SqlError. An abort closes the session. */
  query(sql: string, signal: AbortSignal): Promise<readonly SqlRow[]>;
}

/** What a server answers instead of rows. */
export class SqlError extends Error {
  /** SQLSTATE, of PostgreSQL; the number of the error, of MariaDB. */
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'SqlError';
    this.code = code;
  }
}
