import { KedgeError } from '../../../../protocol/failures.ts';
import type { MariadbSettings } from '../../../databases/mariadb/settings.ts';
import { SqlError, type SqlSession } from '../../../databases/sql-session.ts';
import { beforeOperation } from '../../../os/faults.ts';
import { bytesOf, onlyMembers } from '../../dumps/only-members.ts';
import type { ArchivedSource, ExchangeItem, SourceRestore, SpaceNeed } from '../../restore-kind.ts';
import { type CodeObject, wordCode } from '../code-object.ts';
import { writeCodeTable } from '../code-table.ts';
import { wordPlace } from '../database-place.ts';
import { createDatabase } from '../database-properties.ts';
import { type DumpFacts, factsName, objectsName, tablesFolder } from '../dump-facts.ts';
import { longRows } from '../long-rows.ts';
import { isMadeBy } from '../made-in.ts';
import { serverSpace } from '../server-space.ts';
import { asking, openSession } from '../sessions.ts';
import type { ForeignKey } from './foreign-keys.ts';
import { beginLoading, loadTable } from './load-table.ts';
import { tableFindings } from './table-findings.ts';
import { readShapes, type TableShape } from './table-shape.ts';
import type { RefusedTable, Wanted } from './wanted-tables.ts';

/** Tables of a database that come back. */
export interface TablePart extends Wanted {
  readonly server: MariadbSettings;
  readonly facts: DumpFacts;
  /** Views and code of the backup. */
  readonly code: readonly CodeObject[];
  /** Of the backup only what they need. */
  readonly archived: ArchivedSource;
}

/** They are loaded into a database beside the live one, and change places there; no other table is touched. */
export function restoreTables(whole: SourceRestore, part: TablePart): SourceRestore {
  const { server, wanted } = part;
  return {
    ...whole,
    compare: async (archived, { signal }) => {
      const live = await liveOf(part, signal);
      const liveBytes = [...live.values()].reduce((sum, table) => sum + table.bytes, 0);
      const about = { source: archived.name, engine: whole.engine, live: wordPlace(server) };
      const bytes = await bytesOf(archived);
      return { ...about, bytes, liveBytes, tables: [], wholeTables: true };
    },
    space: async (archived) => await spaceNeeds(part, await bytesOf(archived)),
    findings: async (_archived, signal) => await tableFindings(part, signal),
    items: async (archived, place, names) => {
      const items = await whole.items(archived, place, names);
      return items.map((item) => ({ ...item, tables: wanted.map(({ table }) => table) }));
    },
    stage: async (_archived, items, { signal }, onBytes) => {
      for (const item of items) await stageTables(part, item, onBytes, signal);
      return [];
    },
  };
}

/** Of an archive what describes the dump, and these tables. */
export function onlyTables(
  archived: ArchivedSource,
  tables: readonly { readonly file: string }[],
): ArchivedSource {
  const files = [factsName, objectsName, ...tables.map(({ file }) => `${tablesFolder}/${file}`)];
  return onlyMembers(archived, files);
}

/** Those that are there; what keeps them from being read is said by the findings. */
async function liveOf(
  { server, wanted }: TablePart,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, TableShape>> {
  const names = wanted.map(({ table }) => table);
  try {
    using session = await openSession(server, signal);
    return await asking(signal, readShapes(session, server.name, names, signal));
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof KedgeError)) throw error;
    return new Map();
  }
}

/** Pages, indexes, and the log of changes. */
const timesOfRows = 2;

/** What is live stays where it is, in another database. */
async function spaceNeeds(part: TablePart, bytes: number): Promise<readonly SpaceNeed[]> {
  const path = await serverSpace(part.server);
  return path === undefined ? [] : [{ path, bytes: timesOfRows * bytes, part: 'staging' }];
}

async function stageTables(
  part: TablePart,
  { incoming }: ExchangeItem,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<void> {
  if (incoming === undefined) return;
  using session = await openSession(part.server, signal);
  await asking(
    signal,
    (async () => {
      const loaded = await loadTables(part, { session, database: incoming, onBytes }, signal);
      const [refused] = [...part.refused, ...loaded.refused];
      if (refused !== undefined) {
        const why = `table "${refused.table}": ${refused.problem}`;
        throw new KedgeError('restore-refused', { why });
      }
      const { from, objects, keys } = belongings(part, loaded.keys);
      const { definitions } = loaded;
      await writeCodeTable(session, incoming, { from, objects, keys, live: definitions }, signal);
    })(),
  );
}

/** What belongs to those that came back though none was live. */
function belongings({ facts, wanted, code }: TablePart, keys: readonly ForeignKey[]) {
  const names = new Set(wanted.map(({ table }) => table));
  const objects = code.filter(({ kind, table = '' }) => kind === 'trigger' && names.has(table));
  const other = objects.find((object) => !isMadeBy(object));
  if (other !== undefined) {
    const why = `what it has as ${wordCode(other)} makes no such thing`;
    throw new KedgeError('restore-refused', { why });
  }
  return { from: facts.database, objects, keys };
}

export interface LoadedTables {
  /** As they are live; those that are gone left out. */
  readonly live: ReadonlyMap<string, TableShape>;
  readonly loaded: readonly string[];
  readonly refused: readonly RefusedTable[];
  /** That they had then. */
  readonly keys: readonly ForeignKey[];
  /** Of the live ones. */
  readonly definitions: readonly { readonly table: string; readonly definition: string }[];
}

/** Makes a database, and in it all that fits. */
export async function loadTables(
  part: TablePart,
  {
    session,
    database,
    onBytes,
    isBeside = false,
  }: {
    readonly session: SqlSession;
    readonly database: string;
    readonly onBytes: (bytes: number) => void;
    /** They take no place of any live one, and so are as they were. */
    readonly isBeside?: boolean;
  },
  signal: AbortSignal,
): Promise<LoadedTables> {
  const { server, archived, wanted, facts } = part;
  beforeOperation('create database', database);
  await createDatabase(session, database, facts, signal);
  const names = wanted.map(({ table }) => table);
  const live = await readShapes(session, server.name, isBeside ? [] : names, signal);
  await beginLoading(session, database, signal);
  const tooLong = await longRows(wanted, session, signal);
  const [loaded, refused, keys]: [string[], RefusedTable[], ForeignKey[]] = [[], [], []];
  const definitions: { table: string; definition: string }[] = [];
  for (const then of wanted) {
    const problem = tooLong.get(then.table);
    if (problem !== undefined) {
      refused.push({ table: then.table, problem });
      continue;
    }
    beforeOperation('load table', then.table);
    const into = { server, database, archived, onBytes };
    const tables = { then, now: live.get(then.table) };
    const made = await loadTable(session, into, tables, signal).catch(unfit(then.table));
    if ('problem' in made) refused.push(made);
    else {
      loaded.push(then.table);
      const { definition } = made;
      if (definition !== undefined) definitions.push({ table: then.table, definition });
      keys.push(...made.keys.keys.filter(({ table }) => table === then.table));
    }
  }
  return { live, loaded, refused, keys, definitions };
}

/** What the server refuses of it. */
function unfit(table: string): (error: unknown) => RefusedTable {
  return (error) => {
    if (!(error instanceof SqlError)) throw error;
    return { table, problem: `it does not fit any more: ${error.message}` };
  };
}
