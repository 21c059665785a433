import { rmSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { HttpError } from './http-service.ts';
import { log } from './log.ts';
import { findStatement, type NamedStatement } from './statements.ts';

type Rows = readonly unknown[];
export type QueryResult = { readonly rows: Rows } | { readonly changes: number };

interface Connection {
  readonly database: Database.Database;
  /** Device and inode: another file under the same name is not the one that is open. */
  readonly file: string;
  /** Of its -wal, which SQLite keeps as long as the connection is open. */
  readonly wal: string | undefined;
  readonly prepared: Map<string, Database.Statement>;
}

/** How long a statement waits for another program's lock. */
const busyTimeoutMs = 2_000;

/** After these the connection is not to be trusted; the next query opens the file anew. */
const fileTrouble = /^SQLITE_(CORRUPT|NOTADB|IOERR|CANTOPEN|READONLY|PROTOCOL|FULL)/;

/** The one connection to the clinic's file, opened again when the file was replaced or gave an error. */
export class ClinicDatabase implements Disposable {
  readonly #path: string;
  #connection: Connection | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Runs a named statement. Throws HttpError 400 for a wrong question, 409 for rows that do not fit, 503 for trouble with the file. */
  query(name: string, params: object): QueryResult {
    const statement = findStatement(name);
    if (statement === undefined) throw new HttpError(400, `there is no statement "${name}"`);
    try {
      return run(this.#connect(), name, statement, params);
    } catch (error) {
      if (isFileTrouble(error)) this.#drop(String(error));
      throw httpErrorOf(error);
    }
  }

  [Symbol.dispose](): void {
    this.#connection?.database.close();
    this.#connection = undefined;
  }

  #connect(): Connection {
    const file = fileAt(this.#path);
    if (file === undefined) throw new HttpError(503, `there is no file "${this.#path}"`);
    if (this.#connection !== undefined && this.#connection.file !== file) {
      this.#leaveReplaced(this.#connection.wal);
    }
    this.#connection ??= openConnection(this.#path, file);
    return this.#connection;
  }

  /** SQLite leaves the -wal of a replaced file in place, and would replay it onto the file that came. */
  #leaveReplaced(wal: string | undefined): void {
    this.#drop('the file was replaced');
    if (wal === undefined || fileAt(`${this.#path}-wal`) !== wal) return;
    for (const suffix of ['-wal', '-shm']) rmSync(`${this.#path}${suffix}`, { force: true });
  }

  #drop(why: string): void {
    if (this.#connection === undefined) return;
    log(`database closes its file: ${why}`);
    this[Symbol.dispose]();
  }
}

function fileAt(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? undefined : `${stat.dev}:${stat.ino}`;
}

function openConnection(path: string, file: string): Connection {
  const database = openDatabase(path);
  return { database, file, wal: fileAt(`${path}-wal`), prepared: new Map() };
}

function openDatabase(path: string): Database.Database {
  const database = new Database(path, { fileMustExist: true, timeout: busyTimeoutMs });
  try {
    database.pragma('journal_mode = wal');
    database.pragma('synchronous = normal');
    database.pragma('foreign_keys = on');
    // A first read makes the -wal.
    database.prepare('select count(*) from sqlite_schema').get();
  } catch (error) {
    database.close();
    throw error;
  }
  log(`database opened ${path}`);
  return database;
}

function run(
  connection: Connection,
  name: string,
  statement: NamedStatement,
  params: object,
): QueryResult {
  const prepared = connection.prepared.get(name) ?? connection.database.prepare(statement.sql);
  connection.prepared.set(name, prepared);
  switch (statement.kind) {
    case 'read':
      return { rows: prepared.all(params) };
    case 'write':
      return { changes: prepared.run(params).changes };
    default:
      return statement.kind satisfies never;
  }
}

function isFileTrouble(error: unknown): boolean {
  return error instanceof Database.SqliteError && fileTrouble.test(error.code);
}

function httpErrorOf(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new HttpError(statusOf(error), message, { cause: error });
}

function statusOf(error: unknown): number {
  if (error instanceof Database.SqliteError)
    return error.code.startsWith('SQLITE_CONSTRAINT') ? 409 : 503;
  // better-sqlite3 says so when a parameter is missing or of a type SQLite has not.
  return error instanceof RangeError || error instanceof TypeError ? 400 : 503;
}
