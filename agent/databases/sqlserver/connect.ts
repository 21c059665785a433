import type { Socket } from 'node:net';
import type { Connection, ConnectionConfiguration } from 'tedious';
import { answersOn, type ServerLogin, socketTo, tlsOptionsOf } from '../server-socket.ts';
import { SqlError, type SqlRow, type SqlSession } from '../sql-session.ts';
import { sqlserverError } from './errors.ts';
import { textOf } from './row-text.ts';

export interface SqlserverLogin extends ServerLogin {
  readonly database: string;
  /** What a server says beside its answer: of a backup how far it is. */
  readonly onMessage?: (number: number, text: string) => void;
}

/** By tedious, which is loaded when the first database is asked; batches of text only. */
export async function connectSqlserver(
  login: SqlserverLogin,
  signal: AbortSignal,
): Promise<SqlSession> {
  const tedious = await import('tedious');
  const tls = await tlsOptionsOf(login);
  const socket = socketTo(login.place);
  const connection = new tedious.Connection(settingsOf(login, tls, socket));
  // Without a listener the end of a connection would be the end of the process.
  connection.on('error', () => undefined);
  connection.on('infoMessage', ({ number, message }) => login.onMessage?.(number, message));
  const answered = answersOn(socket, sqlserverError);
  const query = async (sql: string, until: AbortSignal): Promise<readonly SqlRow[]> =>
    await answered(run(connection, tedious.Request, sql), until);
  try {
    await answered(loggedIn(connection), signal);
    const [row] = await query(versionSql, signal);
    return {
      version: row?.['version'] ?? '',
      query,
      [Symbol.dispose]: () => connection.close(),
    };
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

const versionSql = "SELECT CAST(SERVERPROPERTY('ProductVersion') AS nvarchar(128)) AS version";

/** Longer than any signal: that of each order is its deadline. */
const neverMs = 2 ** 31 - 1;

function settingsOf(
  { place, user, password, database }: SqlserverLogin,
  tls: object | undefined,
  socket: Socket,
): ConnectionConfiguration {
  const { host, port } = place;
  return {
    server: host,
    authentication: { type: 'default', options: { userName: user, password: password ?? '' } },
    options: {
      port,
      database,
      appName: 'kedge',
      // Where it goes is not for a driver to decide; nor whether it is tried again.
      connector: async () => socket,
      maxRetriesOnTransientErrors: 0,
      connectTimeout: neverMs,
      requestTimeout: 0,
      // Then a server without TLS is refused.
      encrypt: tls !== undefined,
      trustServerCertificate: false,
      cryptoCredentialsDetails: { ...tls },
      useColumnNames: false,
    },
  };
}

/** Why a login failed comes as a message with a number before it. */
async function loggedIn(connection: Connection): Promise<void> {
  let refused: SqlError | undefined;
  connection.on('errorMessage', ({ number, message }) => {
    refused ??= new SqlError(String(number), message);
  });
  await new Promise<void>((resolve, reject) => {
    connection.connect((error) => (error ? reject(refused ?? error) : resolve()));
  });
  connection.removeAllListeners('errorMessage');
}

async function run(
  connection: Connection,
  Request: typeof import('tedious').Request,
  sql: string,
): Promise<readonly SqlRow[]> {
  const rows: SqlRow[] = [];
  await new Promise<void>((resolve, reject) => {
    const request = new Request(sql, (error) => (error ? reject(error) : resolve()));
    request.on('row', (columns: readonly Column[]) => rows.push(rowOf(columns)));
    connection.execSqlBatch(request);
  });
  return rows;
}

interface Column {
  readonly metadata: { readonly colName: string };
  readonly value: unknown;
}

function rowOf(columns: readonly Column[]): SqlRow {
  return Object.fromEntries(
    columns.map(({ metadata, value }) => [metadata.colName, textOf(value)]),
  );
}
