import { failureOf, KedgeError, wordFailure } from '../../../../protocol/failures.ts';
import { identifier } from '../../../databases/postgres/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import type { RestoreFindings } from '../../restore-kind.ts';
import { asking, openSession } from '../sessions.ts';
import { isStandby } from '../standby.ts';
import { type ForeignKey, readForeignKeys } from './foreign-keys.ts';
import { goneFindings } from './gone-findings.ts';
import { readLiveTables } from './live-tables.ts';
import { readGoneTables } from './read-gone-tables.ts';
import type { TablePart } from './table-part.ts';
import { fitTables } from './wanted-tables.ts';

/** What stands against bringing tables back into the live database, whatever is in them. Reads only. */
export async function tableFindings(
  part: TablePart,
  signal: AbortSignal,
): Promise<RestoreFindings> {
  const { server } = part;
  try {
    using session = await openSession(server, server.name, signal);
    const obstacles = await asking(signal, look(part, session, signal));
    return { warnings: [], obstacles };
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KedgeError)) throw error;
    return { warnings: [], obstacles: [wordFailure(failureOf(error)).message] };
  }
}

async function look(
  part: TablePart,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { user, name } = part.server;
  if (await isStandby(session, signal))
    return ['this server is a standby, which takes no changes: restore on its primary'];
  const known = await readLiveTables(session, signal);
  const live = part.wanted.flatMap(({ table }) => known.get(table) ?? []);
  const { gone } = await readGoneTables(part, fitTables(part, known).coming, signal);
  const oids = live.map(({ oid }) => oid);
  const keys = oids.length === 0 ? [] : await readForeignKeys(session, oids, signal);
  const ends = keys.flatMap(({ from, to }: ForeignKey) => [from, to]);
  const owners = new Set(
    [...live, ...ends].filter(({ isOurs }) => !isOurs).map(({ owner }) => owner),
  );
  const role = identifier(user);
  return [
    ...[...owners].map(
      (owner) =>
        `"${user}" is no member of the role that owns the tables, or those that they refer to (GRANT ${identifier(owner)} TO ${role};)`,
    ),
    ...(await goneFindings(session, user, gone, signal)),
    ...((await mayMakeSchemas(session, signal))
      ? []
      : [
          `"${user}" may not make a schema for them (GRANT CREATE, TEMPORARY ON DATABASE ${identifier(name)} TO ${role};)`,
        ]),
  ];
}

async function mayMakeSchemas(session: SqlSession, signal: AbortSignal): Promise<boolean> {
  const sql = `SELECT has_database_privilege(current_database(), 'CREATE')
    AND has_database_privilege(current_database(), 'TEMPORARY') AS may`;
  const [row] = await session.query(sql, signal);
  return row?.['may'] === 't';
}
