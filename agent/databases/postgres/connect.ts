import { type ServerPlace, ServerStream } from '../server-stream.ts';
import type { SqlError, SqlRow, SqlSession } from '../sql-session.ts';
import { logIn } from './log-in.ts';
import {
  columnsOf,
  errorOf,
  readMessage,
  rowOf,
  writeMessage,
  writeStartup,
  writeTlsRequest,
} from './messages.ts';

export interface PostgresLogin {
  readonly place: ServerPlace;
  /** Absent: in the clear. */
  readonly tls?: { readonly ca?: string };
  readonly isLocal: boolean;
  readonly user: string;
  readonly password: string | undefined;
  readonly database: string;
}

/** Speaks protocol 3.0 (PostgreSQL 7.4 and later), simple queries only. */
export async function connectPostgres(
  login: PostgresLogin,
  signal: AbortSignal,
): Promise<SqlSession> {
  const stream = await ServerStream.open(login.place, signal);
  try {
    if (login.tls !== undefined) await encrypt(stream, login.place.host, login.tls.ca, signal);
    writeStartup(stream, {
      user: login.user,
      database: login.database,
      application_name: 'kedge',
      client_encoding: 'UTF8',
      // Without it a backslash in a name would be more than a backslash.
      standard_conforming_strings: 'on',
    });
    await logIn(stream, { ...login, isPrivate: login.isLocal || stream.isEncrypted }, signal);
    return new PostgresSession(stream, await readyVersion(stream, signal));
  } catch (error) {
    stream[Symbol.dispose]();
    throw error;
  }
}

async function encrypt(
  stream: ServerStream,
  host: string,
  ca: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  writeTlsRequest(stream);
  const answer = (await stream.read(1, signal)).toString('latin1');
  if (answer !== 'S') throw new Error('it has no TLS');
  await stream.encrypt(host, ca, signal);
}

/** What it says of itself until it is ready for a query. */
async function readyVersion(stream: ServerStream, signal: AbortSignal): Promise<string> {
  let version = '';
  for (;;) {
    const { type, body } = await readMessage(stream, signal);
    if (type === 'E') throw errorOf(body);
    if (type === 'Z') return version;
    const [name, value = ''] = body.toString().split('\0');
    if (type === 'S' && name === 'server_version') version = value;
  }
}

class PostgresSession implements SqlSession {
  readonly version: string;
  readonly #stream: ServerStream;

  constructor(stream: ServerStream, version: string) {
    this.#stream = stream;
    this.version = version;
  }

  async query(sql: string, signal: AbortSignal): Promise<readonly SqlRow[]> {
    writeMessage(this.#stream, 'Q', Buffer.from(`${sql}\0`));
    const rows: SqlRow[] = [];
    let columns: readonly string[] = [];
    let failed: SqlError | undefined;
    for (;;) {
      const { type, body } = await readMessage(this.#stream, signal);
      if (type === 'T') columns = columnsOf(body);
      if (type === 'D') rows.push(rowOf(body, columns));
      // Said and then ready again; one that ends the session is never ready.
      if (type === 'E') failed = errorOf(body);
      if (failed?.code.startsWith('57P') === true) throw failed;
      if (type === 'Z') break;
    }
    if (failed !== undefined) throw failed;
    return rows;
  }

  [Symbol.dispose](): void {
    writeMessage(this.#stream, 'X', Buffer.alloc(0));
    this.#stream[Symbol.dispose]();
  }
}
