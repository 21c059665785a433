import { productOf } from '../../databases/mariadb/product.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import type { DumpFacts } from './dump-facts.ts';
import { isOlder } from './older.ts';
import { isMysql, numberOf } from './sessions.ts';

/** What it has is not known to an older one, and less so to one of another make. */
export function otherServer(
  { product, server: then }: DumpFacts,
  session: SqlSession,
): readonly string[] {
  const made = productOf(session);
  const now = numberOf(session.version);
  if (product !== made)
    return [`it was taken from ${product} ${then}, and this server is ${made} ${now}`];
  if (!isOlder(now, then)) return [];
  return [
    `it was taken from ${product} ${then}, and this server is ${now}: an older one can't take it`,
  ];
}

/** A server that ends in the middle of a RENAME TABLE of many takes it back since then. */
export function notAtOnce(session: SqlSession): readonly string[] {
  const version = numberOf(session.version);
  const make = productOf(session);
  const since = make === 'MySQL' ? '8.0' : '10.6';
  if (!isOlder(version, since)) return [];
  return [
    `this server is ${make} ${version}: before ${since} one that is killed while tables change places leaves some here and some there, until Kedge has put that right at its next start`,
  ];
}

/** MySQL from 8.0.13 on: a table without a primary key is not made, whatever a dump says. */
export async function needsKeys(
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (!isMysql(session) || isOlder(numberOf(session.version), '8.0')) return [];
  const sql = `SHOW VARIABLES WHERE variable_name IN ('sql_require_primary_key', 'sql_generate_invisible_primary_key')`;
  const rows = await session.query(sql, signal);
  return rows
    .filter(({ Value: value }) => value === 'ON')
    .map(
      ({ Variable_name: name }) =>
        `"${name}" is on in this server: a table without a primary key does not come back as it was; set it off while you restore`,
    );
}

export async function readOnly(
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const [row] = await session.query('SELECT @@GLOBAL.read_only AS off', signal);
  return row?.['off'] === '0' || row?.['off'] === 'OFF'
    ? []
    : ['this server takes no changes (read_only), as a replica does: restore on its primary'];
}

export async function missingEngines(
  { tables }: DumpFacts,
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rows = await session.query(
    `SELECT LOWER(engine) AS name FROM information_schema.engines WHERE support IN ('YES', 'DEFAULT')`,
    signal,
  );
  const known = new Set(rows.map(({ name }) => name));
  const needed = new Set(tables.map(({ engine }) => engine));
  return [...needed]
    .filter((engine) => engine !== '' && !known.has(engine.toLowerCase()))
    .map((engine) => `this server has no storage engine "${engine}", in which tables of it are`);
}

/** What they hold is held until they are decided, and a table does not change its name under it. */
export async function preparedTransactions(
  session: SqlSession,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rows = await session.query('XA RECOVER', signal).catch(() => []);
  return rows.map(
    ({ data }) =>
      `the transaction "${data}" is prepared (XA) and neither committed nor rolled back: if it has changed this database, it can't be exchanged until that is decided`,
  );
}
