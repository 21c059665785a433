import type { Client } from 'pg';
import { inTurn } from '../../os/in-turn.ts';
import { databaseTimeoutMs, type HostDatabase } from './host-database.ts';
import { HttpError } from './http-service.ts';
import { log } from './log.ts';
import { inPostgresWords, numbered } from './postgres-words.ts';
import { findStatement } from './statements.ts';

export interface PostgresPlace {
  /** The folder of its socket. */
  readonly host: string;
  readonly user: string;
  readonly database: string;
}

/** The one connection to the clinic's database in its server, made anew when it broke. */
export function databaseInPostgres(place: PostgresPlace): HostDatabase {
  let connecting: Promise<Client> | undefined;
  const oneAtATime = inTurn();
  const drop = (): void => {
    const gone = connecting;
    connecting = undefined;
    void gone?.then((client) => client.end()).catch(() => undefined);
  };
  const connected = async (): Promise<Client> => {
    connecting ??= connect(place, drop);
    return await connecting.catch((error: unknown) => {
      drop();
      throw error;
    });
  };
  const query: HostDatabase['query'] = async (name, params) => {
    const statement = findStatement(name);
    if (statement === undefined) throw new HttpError(400, `there is no statement "${name}"`);
    try {
      const { text, values } = numbered(inPostgresWords(statement.sql), params);
      const { rows, rowCount } = await oneAtATime(
        async () => await (await connected()).query<object>(text, [...values]),
      );
      return statement.kind === 'read' ? { rows } : { changes: rowCount ?? 0 };
    } catch (error) {
      if (!isAnswer(error)) drop();
      throw httpErrorOf(error);
    }
  };
  return {
    query,
    async health(signal) {
      await query('ping', {}, signal);
      return { ok: true };
    },
    close: drop,
  };
}

/** int8, which pg gives as text. */
const counted = 20;

async function connect(place: PostgresPlace, drop: () => void): Promise<Client> {
  const { Client: PgClient, types } = await import('pg');
  types.setTypeParser(counted, Number);
  const client = new PgClient({
    ...place,
    port: 5432,
    application_name: 'clinic host',
    connectionTimeoutMillis: databaseTimeoutMs,
    query_timeout: databaseTimeoutMs,
  });
  // Without a listener the end of a connection would be the end of the Host.
  client.on('error', (error) => {
    log(`host lost its database: ${error.message}`);
    drop();
  });
  await client.connect();
  log(`host is connected to the database "${place.database}" in ${place.host}`);
  return client;
}

/** What the server says of a question, so that the connection is well; that it ends it (57P01) is none. */
function isAnswer(error: unknown): error is Error & { readonly code: string } {
  return (
    error instanceof Error &&
    'severity' in error &&
    'code' in error &&
    typeof error.code === 'string' &&
    !error.code.startsWith('57P')
  );
}

function httpErrorOf(error: unknown): HttpError {
  if (error instanceof HttpError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new HttpError(statusOf(error), message, { cause: error });
}

/** Class 22: a value that is none; 23: rows that do not fit. */
function statusOf(error: unknown): number {
  if (error instanceof RangeError) return 400;
  if (!isAnswer(error)) return 503;
  if (error.code.startsWith('23')) return 409;
  return error.code.startsWith('22') ? 400 : 503;
}
