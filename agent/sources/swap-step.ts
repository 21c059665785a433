import * as z from 'zod';
import { inodeOf, isMoved, moveDurably } from '../os/move.ts';
import { exchangePaths, exchangePathsBack } from './files/exchange-paths.ts';
import { RenameTables } from './mariadb/rename-step.ts';
import { renameTables } from './mariadb/rename-tables.ts';
import { renameTablesBack } from './mariadb/rename-tables-back.ts';
import { ExchangeTables } from './mariadb/tables/exchange-step.ts';
import { exchangeTables } from './mariadb/tables/exchange-tables.ts';
import { exchangeTablesBack } from './mariadb/tables/exchange-tables-back.ts';
import { refuseStarted, ServerDown } from './physical/server-down.ts';
import {
  RenameDatabases,
  renameDatabases,
  renameDatabasesBack,
} from './postgres/rename-databases.ts';
import { ExchangeRows, exchangeRows, exchangeRowsBack } from './postgres/tables/exchange-rows.ts';
import { copyPages } from './sqlite/copy-pages.ts';
import { exchangePages } from './sqlite/exchange-pages.ts';
import { MergeWhat } from './sqlite/merge/merge-order.ts';
import { mergeRows } from './sqlite/merge/merge-rows.ts';
import { overwritePages } from './sqlite/overwrite-pages.ts';
import {
  RenameSqlserverDatabases,
  renameSqlserverDatabases,
  renameSqlserverDatabasesBack,
} from './sqlserver/rename-databases.ts';

/**
 * One exchange of live data, small enough to be taken back. It stands in the journal before it is done,
 * so all it needs is in it. Paths absolute.
 */
export const SwapStep = z.discriminatedUnion('kind', [
  /** Renames on one file system; `to` is free before. */
  z.object({ kind: z.literal('move'), from: z.string(), to: z.string() }),
  /**
   * The pages of the database `incoming` go into the file `live`, whose own ones are in `kept`, copied
   * when its change mark was `mark`.
   */
  z.object({
    kind: z.literal('copy-pages'),
    incoming: z.string(),
    live: z.string(),
    kept: z.string(),
    mark: z.string(),
  }),
  /**
   * The same without a copy of its own ones: not to be taken back once it is committed. `was`: SHA-256 of the file
   * `live` before, by which it is known whether it is.
   */
  z.object({
    kind: z.literal('overwrite-pages'),
    incoming: z.string(),
    live: z.string(),
    was: z.string(),
  }),
  /** Rows of the database `incoming` go into `live`; the rest as above. */
  z.object({
    kind: z.literal('merge-rows'),
    incoming: z.string(),
    live: z.string(),
    kept: z.string(),
    mark: z.string(),
    what: MergeWhat,
  }),
  /** The paths that stand on the list in `lists` change places between the roots. */
  z.object({
    kind: z.literal('exchange-paths'),
    live: z.string(),
    incoming: z.string().optional(),
    outgoing: z.string(),
    lists: z.string(),
  }),
  ServerDown,
  RenameDatabases,
  ExchangeRows,
  RenameTables,
  ExchangeTables,
  RenameSqlserverDatabases,
]);
export type SwapStep = z.infer<typeof SwapStep>;
/** Steps that nothing takes back. */
type OnwardStep = Extract<SwapStep, { kind: 'overwrite-pages' }>;

export function isOnward(step: SwapStep): step is OnwardStep {
  return step.kind === 'overwrite-pages';
}

/** What is recorded of the thing that a step is about to change, to know it again after a crash. */
export async function identityBefore(step: SwapStep): Promise<string> {
  if (step.kind === 'rename-databases') return step.liveOid ?? 'absent';
  if (step.kind === 'rename-sqlserver-databases') return step.liveId ?? 'absent';
  // The server tells by itself whether it was done.
  if (step.kind === 'exchange-rows') return step.outgoing;
  if (step.kind === 'rename-tables' || step.kind === 'exchange-tables') return step.outgoing;
  const path = step.kind === 'move' ? step.from : step.live;
  return (await inodeOf(path)) ?? 'absent';
}

export async function doSwap(step: SwapStep, signal: AbortSignal): Promise<void> {
  switch (step.kind) {
    case 'move':
      return await moveDurably(step);
    case 'server-down':
      return await refuseStarted(step);
    case 'copy-pages':
      return await exchangePages(step, signal);
    case 'overwrite-pages':
      return await overwritePages(step, signal);
    case 'exchange-paths':
      return await exchangePaths(step);
    case 'merge-rows':
      return await mergeRows(step, signal);
    case 'rename-databases':
      return await renameDatabases(step, signal);
    case 'rename-sqlserver-databases':
      return await renameSqlserverDatabases(step, signal);
    case 'rename-tables':
      return await renameTables(step, signal);
    case 'exchange-tables':
      return await exchangeTables(step, signal);
    case 'exchange-rows':
      return await exchangeRows(step, signal);
    default:
      return step satisfies never;
  }
}

/** Takes a step back, whether it was done, half done or not begun; may be repeated after a crash of its own. */
export async function undoSwap(
  step: SwapStep,
  identity: string,
  signal: AbortSignal,
): Promise<void> {
  switch (step.kind) {
    case 'move':
      if (await isMoved(step, identity)) await moveDurably({ from: step.to, to: step.from });
      return;
    case 'server-down':
      return;
    case 'overwrite-pages':
      // Nobody goes back before it is proven that its transaction never ended.
      return;
    case 'copy-pages':
    case 'merge-rows':
      return await copyPages(step.kept, step.live, signal);
    case 'exchange-paths':
      return await exchangePathsBack(step);
    case 'rename-databases':
      return await renameDatabasesBack(step, signal);
    case 'rename-sqlserver-databases':
      return await renameSqlserverDatabasesBack(step, signal);
    case 'rename-tables':
      return await renameTablesBack(step, signal);
    case 'exchange-tables':
      return await exchangeTablesBack(step, signal);
    case 'exchange-rows':
      return await exchangeRowsBack(step, signal);
    default:
      return step satisfies never;
  }
}
