import { KedgeError } from '../../../../protocol/failures.ts';
import { identifier } from '../../../databases/postgres/quote.ts';
import type { PostgresSettings } from '../../../databases/postgres/settings.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import { beforeOperation } from '../../../os/faults.ts';
import { bytesOf, onlyMembers } from '../../dumps/only-members.ts';
import type { ArchivedSource, ExchangeItem, SourceRestore, SpaceNeed } from '../../restore-kind.ts';
import { incomingNameOf, keptNameOf, placeOf, wordPlace } from '../database-place.ts';
import { contentsName, type DumpFacts, dumpFolder, factsName } from '../dump-facts.ts';
import { serverSpace } from '../server-space.ts';
import { asking, openSession } from '../sessions.ts';
import { besideName } from './beside.ts';
import { type LiveTable, readLiveTables } from './live-tables.ts';
import { loadTable } from './load-table.ts';
import { readGoneTables } from './read-gone-tables.ts';
import { refuseFirst, stageGoneTables } from './stage-gone-tables.ts';
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
        incoming: incomingNameOf(server, names.job),
        outgoing: keptNameOf(server, names.nowMs),
        tables: wanted.map(({ table }) => table),
      },
    ],
    stage: async (_archived, items, { signal }, onBytes) => {
      const notes: string[] = [];
      for (const item of items) notes.push(...(await stageTables(part, item, onBytes, signal)));
      return notes;
    },
  };
}

/** Of an archive what describes the dump, and the rows of these tables. */
export function onlyTables(
  archived: ArchivedSource,
  tables: readonly { readonly file: string }[],
): ArchivedSource {
  const files = [factsName, contentsName, ...tables.map(({ file }) => `${dumpFolder}/${file}`)];
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

/** In one transaction: what dies in it leaves nothing. Answers notes. */
async function stageTables(
  part: TablePart,
  { incoming }: ExchangeItem,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { server, archived, facts, wanted } = part;
  if (incoming === undefined) return [];
  using session = await openSession(server, server.name, signal);
  const { fitting, coming, refused } = fitTables(
    part,
    await asking(signal, readLiveTables(session, signal)),
  );
  const { gone, unsaid } = await readGoneTables(part, coming, signal);
  refuseFirst([...part.refused, ...refused, ...unsaid]);
  const rows = { archived, facts, onBytes };
  beforeOperation('create schema', incoming);
  await asking(signal, begin(session, incoming, signal));
  const beside = new Map<string, string>();
  for (const table of fitting) {
    const name = besideName(incoming, wanted.indexOf(table.then));
    await asking(signal, loadTable(session, name, table, rows, signal));
    await asking(signal, session.query(`ANALYZE ${name}`, signal));
    beside.set(table.live.quoted, name);
  }
  const lost = await asking(
    signal,
    stageGoneTables(session, { gone, beside, incoming }, rows, signal),
  );
  beforeOperation('commit tables', incoming);
  await asking(signal, session.query('COMMIT', signal));
  return lost;
}

/** As pg_restore has it: what is no whole document is XML as well. */
export const asDumped = 'SET LOCAL xmloption = content';

async function begin(session: SqlSession, schema: string, signal: AbortSignal): Promise<void> {
  await session.query(`BEGIN; ${asDumped}; CREATE SCHEMA ${identifier(schema)}`, signal);
}
