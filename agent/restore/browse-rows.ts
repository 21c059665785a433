import type { KeyValue } from '../../protocol/domain/restore-order.ts';
import type { TableListing } from '../../protocol/domain/table-page.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { BackupRows } from '../../protocol/methods/rows.ts';
import { inTurn } from '../os/in-turn.ts';
import {
  type DatabaseOrder,
  markOf,
  type UnpackedDatabase,
  unpackDatabase,
} from './unpacked-database.ts';

export interface RowsOrder extends DatabaseOrder {
  /** Of this browser alone; what is unpacked lies there. */
  readonly folder: string;
  readonly table?: string | undefined;
  readonly after?: readonly KeyValue[] | undefined;
  readonly limit: number;
  readonly search?: string | undefined;
}

/** One database at a time is unpacked, and stays until another is asked for or nobody asks for so long. */
export function browseRows(
  idleMs: number,
): (order: RowsOrder, signal: AbortSignal) => Promise<BackupRows> {
  const turn = inTurn();
  let held: { readonly mark: string; readonly database: UnpackedDatabase } | undefined;
  let idle: NodeJS.Timeout | undefined;
  const letGo = async (): Promise<void> => {
    const { database } = held ?? {};
    held = undefined;
    await database?.[Symbol.asyncDispose]();
  };
  const databaseOf = async (order: RowsOrder, signal: AbortSignal): Promise<UnpackedDatabase> => {
    const mark = await markOf(order);
    if (held?.mark === mark) return held.database;
    await letGo();
    const database = await unpackDatabase(order, order.folder, signal);
    held = { mark, database };
    return database;
  };
  return async (order, signal) =>
    await turn(async () => {
      clearTimeout(idle);
      try {
        signal.throwIfAborted();
        return read(await databaseOf(order, signal), order);
      } finally {
        idle = setTimeout(() => void turn(letGo).catch(() => undefined), idleMs);
      }
    });
}

function read(database: UnpackedDatabase, { table, ...page }: RowsOrder): BackupRows {
  const tables = database.tables();
  if (table === undefined) return { kind: 'tables', tables };
  const listing = tableNamed(tables, table);
  const rows = database.reader.readRows(database.path, listing.table, page);
  return { kind: 'rows', table: listing, page: rows };
}

function tableNamed(tables: readonly TableListing[], wanted: string): TableListing {
  const found = tables.find(({ table }) => table.toLowerCase() === wanted.toLowerCase());
  if (found !== undefined) return found;
  throw new KedgeError('not-found', { what: 'table', id: wanted, list: 'backup' });
}
