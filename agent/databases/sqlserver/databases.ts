import type { SqlRow, SqlSession } from '../sql-session.ts';
import { literal } from './quote.ts';

/** A database as its server lists it. */
export interface ListedDatabase {
  /** By which it is known again when it was renamed. */
  readonly id: string;
  readonly name: string;
  /** ONLINE, OFFLINE, RESTORING, RECOVERY_PENDING, SUSPECT, ... */
  readonly state: string;
  /** MULTI_USER, RESTRICTED_USER or SINGLE_USER. */
  readonly access: string;
}

export async function databaseByName(
  session: SqlSession,
  name: string,
  signal: AbortSignal,
): Promise<ListedDatabase | undefined> {
  return await listed(session, `name = ${literal(name)}`, signal);
}

export async function databaseById(
  session: SqlSession,
  id: string,
  signal: AbortSignal,
): Promise<ListedDatabase | undefined> {
  return await listed(session, `database_id = ${Number(id)}`, signal);
}

async function listed(session: SqlSession, which: string, signal: AbortSignal) {
  const [row] = await session.query(
    `SELECT database_id AS id, name AS name, state_desc AS state, user_access_desc AS access
     FROM sys.databases WHERE ${which}`,
    signal,
  );
  return row === undefined ? undefined : databaseOf(row);
}

function databaseOf({ id, name, state, access }: SqlRow): ListedDatabase {
  return { id: id ?? '', name: name ?? '', state: state ?? '', access: access ?? '' };
}
