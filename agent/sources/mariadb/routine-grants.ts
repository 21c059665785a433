import * as z from 'zod';
import { identifier, literal } from '../../databases/mariadb/quote.ts';
import { SqlError, type SqlSession } from '../../databases/sql-session.ts';
import type { CodeName } from './list-objects.ts';
import { isOlder } from './older.ts';
import { isMysql, numberOf } from './sessions.ts';

/** Who may call a routine: a server forgets that when it is dropped. Rights in tables and databases stay by their names. */
export const RoutineGrant = z.object({
  kind: z.string(),
  name: z.string(),
  /** Empty host: a role. */
  user: z.string(),
  host: z.string(),
  rights: z.array(z.string()).readonly(),
});
export type RoutineGrant = z.infer<typeof RoutineGrant>;

export async function readRoutineGrants(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<readonly RoutineGrant[]> {
  const rows = await session.query(
    `SELECT LOWER(Routine_type) AS kind, Routine_name AS name, User AS user, Host AS host, Proc_priv AS rights
     FROM mysql.procs_priv WHERE BINARY Db = ${literal(database)} ORDER BY 1, 2, 3, 4`,
    signal,
  );
  return rows.map(({ kind, name, user, host, rights }) => ({
    kind: kind ?? '',
    name: name ?? '',
    user: user ?? '',
    host: host ?? '',
    rights: (rights ?? '').split(',').filter((right) => right !== ''),
  }));
}

const known: readonly string[] = ['EXECUTE', 'ALTER ROUTINE'];

/** Of those that are there. */
export async function giveRoutineGrants(
  session: SqlSession,
  database: string,
  {
    grants,
    there,
  }: { readonly grants: readonly RoutineGrant[]; readonly there: readonly CodeName[] },
  signal: AbortSignal,
): Promise<void> {
  // A GRANT must make nobody: he would be without a password.
  const makes = !isMysql(session) || isOlder(numberOf(session.version), '8.0');
  if (makes) await session.query(`SET SESSION sql_mode = 'NO_AUTO_CREATE_USER'`, signal);
  for (const { kind, name, user, host, rights } of grants) {
    // It is written down as whoever gave it wrote it.
    const same = (each: CodeName) => each.name.toLowerCase() === name.toLowerCase();
    if (!there.some((each) => each.kind === kind && same(each))) continue;
    const given = rights.map((right) => right.toUpperCase());
    const named = given.filter((right) => known.includes(right));
    const to = host === '' ? identifier(user) : `${identifier(user)}@${identifier(host)}`;
    const on = `${kind.toUpperCase()} ${identifier(database)}.${identifier(name)}`;
    const option = given.includes('GRANT') ? ' WITH GRANT OPTION' : '';
    const what = named.length === 0 ? 'USAGE' : named.join(', ');
    const sql = `GRANT ${what} ON ${on} TO ${to}${option}`;
    await session.query(sql, signal).catch(unlessGone);
  }
  if (makes) await session.query(`SET SESSION sql_mode = ''`, signal);
}

/** No such account: MariaDB, MySQL. */
const gone: ReadonlySet<string> = new Set(['1133', '1410']);

function unlessGone(error: unknown): void {
  if (!(error instanceof SqlError && gone.has(error.code))) throw error;
}
