import type { Client, QueryResult } from 'pg';
import {
  answersOn,
  closeSoon,
  type ServerLogin,
  socketTo,
  tlsOptionsOf,
} from '../server-socket.ts';
import type { SqlRow, SqlSession } from '../sql-session.ts';
import { copyIn } from './copy-in.ts';
import { type CopiedOut, copyOut } from './copy-out.ts';
import { endInsteadOfThrowing } from './end-instead-of-throwing.ts';
import { postgresError } from './errors.ts';
import { type Heard, settingsOf } from './settings-of-client.ts';

export interface PostgresLogin extends ServerLogin {
  readonly database: string;
  /** It takes commands of the replication protocol instead of statements. */
  readonly replication?: true;
}

export interface PostgresSession extends SqlSession {
  /** A `COPY ... FROM STDIN`, and what it reads; how many rows came. */
  copyIn(sql: string, content: AsyncIterable<Uint8Array>, signal: AbortSignal): Promise<number>;
  /** A statement that answers with copies. */
  copyOut(sql: string, to: CopiedOut, signal: AbortSignal): Promise<void>;
}

/** By pg, which is loaded when the first database is asked; simple queries only. */
export async function connectPostgres(
  login: PostgresLogin,
  signal: AbortSignal,
): Promise<PostgresSession> {
  const { Client } = await loadPg();
  const ssl = (await tlsOptionsOf(login)) ?? false;
  const heard: Heard = { version: '', isInTheClear: false };
  const socket = socketTo(login.place);
  endInsteadOfThrowing(socket);
  // It has a place of its own in mind.
  const stream = Object.assign(socket, { connect: () => socket });
  const client = new Client({ ...settingsOf(login, heard), ssl, stream: () => stream });
  hear(client, heard);
  const answered = answersOn(socket, postgresError);
  try {
    await answered(client.connect(), signal);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return {
    version: heard.version,
    query: async (sql, until) => rowsOf(await answered(client.query(sql), until)),
    copyIn: async (sql, content, until) => await answered(copyIn(client, sql, content), until),
    copyOut: async (sql, to, until) => await answered(copyOut(client, sql, to), until),
    [Symbol.dispose]() {
      client.end(() => undefined);
      closeSoon(socket);
    },
  };
}

async function loadPg() {
  // It would look for another driver.
  Reflect.deleteProperty(process.env, 'NODE_PG_FORCE_NATIVE');
  return await import('pg');
}

/** pg listens from its connecting on, so this comes first. */
function hear(client: Client, heard: Heard): void {
  const { connection } = client;
  // Without a listener the end of a connection would be the end of the process.
  client.on('error', () => undefined);
  connection.on('authenticationCleartextPassword', () => {
    heard.isInTheClear = true;
  });
  connection.on('sslconnect', () => endInsteadOfThrowing(connection.stream));
  connection.on('parameterStatus', (status: Readonly<Record<string, unknown>>) => {
    if (status['parameterName'] === 'server_version')
      heard.version = String(status['parameterValue']);
  });
}

/** Of several statements in one text pg answers an array. */
function rowsOf(result: QueryResult<SqlRow> | readonly QueryResult<SqlRow>[]): readonly SqlRow[] {
  return [result].flat().flatMap(({ rows }) => rows);
}
