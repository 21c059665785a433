import { KedgeError } from '../../../protocol/failures.ts';
import { ownAccount } from '../../databases/mariadb/accounts.ts';
import { hasGlobalRight, hasRight, readGrants } from '../../databases/mariadb/grants.ts';
import { productOf } from '../../databases/mariadb/product.ts';
import { account, identifier } from '../../databases/mariadb/quote.ts';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import { SqlError, type SqlSession } from '../../databases/sql-session.ts';
import { isIn } from './list-objects.ts';
import { isOlder } from './older.ts';
import { isMysql, numberOf } from './sessions.ts';

/** Without one of them the server leaves out what it gives, and says nothing. */
const neededRights = ['SELECT', 'SHOW VIEW', 'TRIGGER', 'EVENT'] as const;

/** What keeps Kedge's account from dumping a database, each with the SQL that would let it. */
export async function dumpDenials(
  session: SqlSession,
  { user, name }: MariadbSettings,
  signal: AbortSignal,
): Promise<readonly KedgeError[]> {
  const grants = await readGrants(session, signal);
  const own = account(await ownAccount(session, signal));
  const denied = (what: string, grant: string): KedgeError =>
    new KedgeError('database-denied', {
      product: productOf(session),
      user,
      what,
      grant: `${grant} TO ${own};`,
    });
  const missing = neededRights.filter((right) => !hasRight(grants, right, name));
  const denials = [
    ...(missing.length === 0
      ? []
      : [
          denied(
            `see all of the database "${name}" (${missing.join(', ')})`,
            `GRANT ${missing.join(', ')} ON ${onDatabase(name)}`,
          ),
        ]),
    ...(seesCode(session, grants, name)
      ? []
      : [denied('read the code of procedures and functions', grantOfCode(session, name))]),
  ];
  if (denials.length > 0) return denials;
  const closed = await closedView(session, name, signal);
  const execute = `GRANT EXECUTE ON ${onDatabase(name)}`;
  return closed === undefined
    ? []
    : [denied(`call the function that view "${closed}" calls`, execute)];
}

/** Of MariaDB and MySQL. */
const executeDenied = '1370';

/** A view of which the account may not even see the columns, as it calls a function. */
async function closedView(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const views = await session.query(
    `SELECT table_name AS name FROM information_schema.views WHERE ${isIn('table_schema', database)}
       AND EXISTS (SELECT 1 FROM information_schema.routines
         WHERE ${isIn('routine_schema', database)} AND routine_type = 'FUNCTION')`,
    signal,
  );
  for (const { name } of views) {
    const columns = `SHOW COLUMNS FROM ${identifier(database)}.${identifier(name ?? '')}`;
    const isClosed = await session.query(columns, signal).then(() => false, isDenial);
    if (isClosed) return name ?? undefined;
  }
  return undefined;
}

/** What else ends it is none of rights: of what it stands on is gone, say. */
function isDenial(error: unknown): boolean {
  if (error instanceof SqlError) return error.code === executeDenied;
  throw error;
}

/** In a grant, unlike anywhere else, a name may hold the marks of LIKE. */
export function onDatabase(name: string): string {
  return `${identifier(name.replaceAll(/[\\_%]/g, String.raw`\$&`))}.*`;
}

/** From 11.3 on there is a right of its own for it. */
const withOwnRight = '11.3';

/** Others than their owner, and those who may read the tables of the system, get procedures without their code. */
function seesCode(
  session: SqlSession,
  grants: Awaited<ReturnType<typeof readGrants>>,
  name: string,
): boolean {
  if (isMysql(session) && !isOlder(numberOf(session.version), '8.0'))
    return hasGlobalRight(grants, 'SHOW_ROUTINE') || hasGlobalRight(grants, 'SELECT');
  return (
    hasRight(grants, 'SELECT', 'mysql', 'proc') ||
    (hasOwnRight(session) && hasRight(grants, 'SHOW CREATE ROUTINE', name))
  );
}

const hasOwnRight = (session: SqlSession): boolean =>
  !isMysql(session) && !isOlder(numberOf(session.version), withOwnRight);

/** From 8.0.20 on; before it all tables of the server had to be readable. */
function hasShowRoutine({ version }: SqlSession): boolean {
  const [, , patch = 0] = numberOf(version).split('.').map(Number);
  return !isOlder(numberOf(version), '8.1') || patch >= 20;
}

function grantOfCode(session: SqlSession, name: string): string {
  if (isMysql(session) && !isOlder(numberOf(session.version), '8.0'))
    return hasShowRoutine(session) ? 'GRANT SHOW_ROUTINE ON *.*' : 'GRANT SELECT ON *.*';
  return hasOwnRight(session)
    ? `GRANT SHOW CREATE ROUTINE ON ${onDatabase(name)}`
    : 'GRANT SELECT ON mysql.proc';
}
