import { KedgeError } from '../../../protocol/failures.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { identifier, literal } from '../../databases/sqlserver/quote.ts';
import type { SqlserverSettings } from '../../databases/sqlserver/settings.ts';
import { beforeOperation } from '../../os/faults.ts';
import type { Work } from '../../os/work.ts';
import { nameBeside, stampOf } from '../name-beside.ts';
import type { ArchivedSource } from '../restore-kind.ts';
import { buildDatabase, type Staging } from './build-database.ts';
import { copyName, isCopyLike } from './copy-name.ts';
import { nameLimit } from './database-place.ts';
import { dropOurs } from './exchange-databases.ts';
import { asNoSpace } from './no-space.ts';
import { probeExchange } from './probe-exchange.ts';
import { type NamedTable, readTables, wordTable } from './read-facts.ts';
import { asking, openMaster, openSession } from './sessions.ts';
import { type SqlserverSourceSettings, serverOf } from './settings.ts';
import { fenceSql } from './stage-database.ts';

interface Wanted {
  readonly source: string;
  readonly settings: SqlserverSourceSettings;
  readonly archived: ArchivedSource;
  /** As the backup lists them. */
  readonly tables: readonly string[];
  readonly nowMs: number;
}

/** A table of then, and what it is called beside the live one. */
interface Copied {
  readonly then: NamedTable;
  readonly own: string;
  readonly from: string;
  readonly to: string;
}

/** Long enough for a drop on a server under load. */
const dropMs = 60_000;

/**
 * All of the backup becomes a database that nobody else enters, these tables are copied out of it, and it is dropped.
 * All of them or none. Answers what was made.
 */
export async function makeTablesBeside(wanted: Wanted, work: Work): Promise<readonly string[]> {
  const { source, settings, archived } = wanted;
  const server = serverOf(settings);
  const name = copyName(settings, work);
  const staging: Staging = { source, settings, server, name };
  await dropLeft(server, name, work.signal);
  await tryFolder(wanted, work);
  try {
    let [done, total] = [0, 0];
    for await (const { sizeBytes } of archived.members()) total += sizeBytes;
    await buildDatabase(staging, archived, work, (bytes) => {
      done += bytes;
      work.progress(`unpack ${source}`, done, total);
    });
    work.progress(`copy tables of ${source}`, 0, 0);
    return await copyTables(staging, wanted, work.signal);
  } finally {
    // Where its server is gone now it goes with the next one.
    await dropOurs(server, name, AbortSignal.timeout(dropMs)).catch((error: unknown) =>
      work.log('warning', `the database "${name}" could not be dropped yet: ${String(error)}`),
    );
  }
}

/** One job of a Kedge restores at a time: others of these names belong to dead ones. */
async function dropLeft(
  server: SqlserverSettings,
  own: string,
  signal: AbortSignal,
): Promise<void> {
  using session = await openMaster(server, signal);
  const rows = await asking(
    signal,
    session.query('SELECT name AS name FROM sys.databases', signal),
  );
  for (const { name } of rows)
    if (name && isCopyLike(own, name)) await dropOurs(server, name, signal);
}

/** Before anything is unpacked. */
async function tryFolder({ source, settings }: Wanted, work: Work): Promise<void> {
  using session = await openMaster(serverOf(settings), work.signal);
  await probeExchange({ source, settings, work }, session, work.signal);
}

async function copyTables(
  { server, name, settings }: Staging,
  { tables, nowMs }: Wanted,
  signal: AbortSignal,
): Promise<readonly string[]> {
  using master = await openMaster(server, signal);
  await asking(signal, master.query(fenceSql(name), signal));
  using then = await openSession(server, name, signal);
  const named = await asking(signal, findNamed(then, tables, signal));
  for (const table of named) await asking(signal, refuseFiltered(then, table, signal));
  const copied = named.map((table) => copyOf(table, name, nowMs));
  using live = await openSession(server, server.name, signal);
  beforeOperation('copy tables beside', tables.join(', '));
  const copying = live.query(copySql(copied), signal).catch(async (error: unknown) => {
    throw await asNoSpace(error, server, settings.exchange.here);
  });
  await asking(signal, copying);
  beforeOperation('copied tables beside', tables.join(', '));
  const notes: string[] = [];
  for (const each of copied) notes.push(await asking(signal, wordCopied(live, each, signal)));
  return notes;
}

async function findNamed(
  session: SqlSession,
  tables: readonly string[],
  signal: AbortSignal,
): Promise<readonly NamedTable[]> {
  const known = await readTables(session, signal);
  return tables.map((table) => {
    const found = known.find((each) => each.table === table);
    if (found !== undefined) return found;
    throw new KedgeError('restore-refused', { why: `there is no table "${table}" in the backup` });
  });
}

/** Versions before this one have no row security. */
const firstWithFilters = 13;

/** Not even the owner of a database sees what a security policy hides; and it hides it without a word. */
async function refuseFiltered(
  session: SqlSession,
  { table, schema, name }: NamedTable,
  signal: AbortSignal,
): Promise<void> {
  if (Number.parseInt(session.version, 10) < firstWithFilters) return;
  const full = `${identifier(schema)}.${identifier(name)}`;
  const [row] = await session.query(
    `SELECT COUNT(*) AS filters FROM sys.security_predicates
     WHERE predicate_type = 0 AND target_object_id = OBJECT_ID(${literal(full)})`,
    signal,
  );
  if (Number(row?.['filters'] ?? 0) === 0) return;
  const why = `a security policy filters the rows of table "${table}", so a copy of it may lack some: bring back all of the database`;
  throw new KedgeError('restore-refused', { why });
}

function copyOf(then: NamedTable, database: string, nowMs: number): Copied {
  const { schema, name } = then;
  const own = nameBeside(name, `then_${stampOf(nowMs)}`, nameLimit);
  return {
    then,
    own,
    from: [database, schema, name].map(identifier).join('.'),
    to: [schema, own].map(identifier).join('.'),
  };
}

/**
 * One batch and one transaction: what breaks off, whatever it is, leaves nothing. Rows that did not come along take it
 * back as well.
 */
function copySql(copied: readonly Copied[]): string {
  const isWhole = copied.map(
    ({ from, to }) => `(SELECT COUNT_BIG(*) FROM ${to}) = (SELECT COUNT_BIG(*) FROM ${from})`,
  );
  return [
    'SET XACT_ABORT ON;',
    'BEGIN TRANSACTION;',
    ...copied.map(({ from, to }) => `SELECT * INTO ${to} FROM ${from};`),
    `IF ${isWhole.join(' AND ')}`,
    'BEGIN COMMIT TRANSACTION; END',
    'ELSE',
    'BEGIN ROLLBACK TRANSACTION; END',
  ].join('\n');
}

async function wordCopied(
  session: SqlSession,
  { then: { table, schema }, own, to }: Copied,
  signal: AbortSignal,
): Promise<string> {
  const [made] = await session.query(
    `SELECT CASE WHEN OBJECT_ID(${literal(to)}) IS NULL THEN 0 ELSE 1 END AS made`,
    signal,
  );
  if (made?.['made'] !== '1') {
    const why = `not all rows of table "${table}" came along, so nothing was kept`;
    throw new KedgeError('restore-refused', { why });
  }
  const [row] = await session.query(`SELECT COUNT_BIG(*) AS counted FROM ${to}`, signal);
  return `table ${wordTable(schema, own)} holds the ${row?.['counted'] ?? '?'} rows of ${table} as they were; drop it when it is not needed any more: DROP TABLE ${to};`;
}
