import { KedgeError } from '../../../../protocol/failures.ts';
import { identifier } from '../../../databases/postgres/quote.ts';
import type { PostgresSettings } from '../../../databases/postgres/settings.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import { beforeOperation } from '../../../os/faults.ts';
import { bytesOf, onlyMembers } from '../../dumps/only-members.ts';
import { nameBeside } from '../../name-beside.ts';
import type {
  ArchivedSource,
  ExchangeItem,
  ItemNames,
  SourceRestore,
  SpaceNeed,
} from '../../restore-kind.ts';
import { keptNameOf, nameLimit, placeOf, wordPlace } from '../database-place.ts';
import { type DumpFacts, dumpFolder, factsName } from '../dump-facts.ts';
import { serverSpace } from '../server-space.ts';
import { asking, openSession } from '../sessions.ts';
import { besideName } from './beside.ts';
import { hasSchema } from './exchange-rows.ts';
import { type LiveTable, readLiveTables } from './live-tables.ts';
import { loadTable } from './load-table.ts';
import { tableFindings } from './table-findings.ts';
import { fitTables, type Wanted } from './wanted-tables.ts';

/** Tables of a database that come back. */
export interface TablePart extends Wanted {
  readonly server: PostgresSettings;
  readonly facts: DumpFacts;
  /** Of the backup only what they need. */
  readonly archived: ArchivedSource;
}

const never = new AbortController().signal;

/** Their rows are loaded into a schema of the live database and change places there; no other table is touched. */
export function restoreTables(whole: SourceRestore, part: TablePart): SourceRestore {
  const { server, wanted } = part;
  return {
    ...whole,
    scratchBytes: async () => 0,
    compare: async (archived, { signal }) => {
      const bytes = await bytesOf(archived);
      const live = await liveOf(part, signal);
      const about = { source: archived.name, engine: whole.engine, live: wordPlace(server) };
      const liveBytes = live.reduce((sum, table) => sum + table.bytes, 0);
      return { ...about, bytes, liveBytes, tables: [], wholeTables: true };
    },
    space: async (archived) => await spaceNeeds(part, await bytesOf(archived)),
    findings: async (_archived, signal) => await tableFindings(part, signal),
    items: async (_archived, _place, names) => [
      {
        live: placeOf(server),
        server,
        ...(await schemaNames(server, names)),
        tables: wanted.map(({ table }) => table),
      },
    ],
    stage: async (_archived, items, { signal }, onBytes) => {
      for (const item of items) await stageTables(part, item, onBytes, signal);
      return [];
    },
  };
}

/** Of an archive what describes the dump, and the rows of these tables. */
export function onlyTables(
  archived: ArchivedSource,
  tables: readonly { readonly file: string }[],
): ArchivedSource {
  const files = [factsName, ...tables.map(({ file }) => `${dumpFolder}/${file}`)];
  return onlyMembers(archived, files);
}

/** Those that are there; what keeps them from being read is said by the findings. */
async function liveOf(
  { server, wanted }: TablePart,
  signal: AbortSignal,
): Promise<readonly LiveTable[]> {
  try {
    using session = await openSession(server, server.name, signal);
    const live = await asking(signal, readLiveTables(session, signal));
    return wanted.flatMap(({ table }) => live.get(table) ?? []);
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KedgeError)) throw error;
    return [];
  }
}

/** Pages, indexes, and the log of changes: rows are loaded, then written once more. */
const timesOfRows = 2;

async function spaceNeeds(part: TablePart, bytes: number): Promise<readonly SpaceNeed[]> {
  const path = await serverSpace(part.server);
  if (path === undefined) return [];
  const live = await liveOf(part, never);
  const liveBytes = live.reduce((sum, table) => sum + table.bytes, 0);
  return [
    { path, bytes: timesOfRows * bytes, part: 'staging' },
    { path, bytes: liveBytes, part: 'undo' },
    { path, bytes: timesOfRows * bytes, part: 'exchange' },
  ];
}

/** Of schemas that nobody has: one of that name may be somebody's own, and is dropped by its name. */
async function schemaNames(
  server: PostgresSettings,
  { job, nowMs }: ItemNames,
): Promise<{ readonly incoming: string; readonly outgoing: string }> {
  using session = await openSession(server, server.name, never);
  for (let more = ''; ; more += '0') {
    const incoming = nameBeside(server.name, `new_${job}${more}`, nameLimit);
    if (await asking(never, hasSchema(session, incoming, never))) continue;
    return { incoming, outgoing: keptNameOf(server, nowMs) };
  }
}

/** In one transaction: what dies in it leaves nothing. */
async function stageTables(
  part: TablePart,
  { incoming }: ExchangeItem,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const { server, archived, facts } = part;
  if (incoming === undefined) return;
  using session = await openSession(server, server.name, signal);
  const { fitting, refused } = fitTables(
    part,
    await asking(signal, readLiveTables(session, signal)),
  );
  const [first] = [...part.refused, ...refused];
  if (first !== undefined) {
    const why = `table "${first.table}": ${first.problem}`;
    throw new KedgeError('restore-refused', { why });
  }
  const rows = { archived, facts, onBytes };
  beforeOperation('create schema', incoming);
  await asking(signal, begin(session, incoming, signal));
  for (const [index, table] of fitting.entries()) {
    const name = besideName(incoming, index);
    await asking(signal, loadTable(session, name, table, rows, signal));
    await asking(signal, session.query(`ANALYZE ${name}`, signal));
  }
  beforeOperation('commit tables', incoming);
  await asking(signal, session.query('COMMIT', signal));
}

/** As pg_restore has it: what is no whole document is XML as well. */
export const asDumped = 'SET LOCAL xmloption = content';

async function begin(session: SqlSession, schema: string, signal: AbortSignal): Promise<void> {
  await session.query(`BEGIN; ${asDumped}; CREATE SCHEMA ${identifier(schema)}`, signal);
}
