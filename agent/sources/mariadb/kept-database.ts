import { MariadbSettings } from '../../databases/mariadb/settings.ts';
import { rowChanges } from '../dumps/row-changes.ts';
import type { KeptItem, KeptKind } from '../kept-order.ts';
import { sizeOf } from './compare-database.ts';
import { keptNameOf, wordPlace } from './database-place.ts';
import { dropOurs } from './exchange-tables.ts';
import { rowsIn } from './kept-rows.ts';
import { isThere } from './list-objects.ts';
import { asking, openSession } from './sessions.ts';
import { compareKeptTables, type KeptTables } from './tables/kept-tables.ts';

export const keptMariadb: KeptKind = {
  compare: async ({ source, engine, items }, { signal }) => {
    const [item] = items;
    const server = serverOf(item);
    const { kept = '' } = item ?? {};
    const tables = item && tablesIn(item);
    if (tables !== undefined) return { source, engine, ...(await compareTables(tables, signal)) };
    using session = await openSession(server, signal);
    const counted = async (database: string) =>
      await asking(signal, rowsIn(session, database, signal));
    const [then, now] = [await counted(kept), await counted(server.name)];
    return {
      source,
      engine,
      live: wordPlace(server),
      bytes: await asking(signal, sizeOf(session, kept, signal)),
      liveBytes: await asking(signal, sizeOf(session, server.name, signal)),
      tables: rowChanges(then, now),
      problem: onlyKept,
    };
  },
  space: async () => [],
  inServer: {
    nameOf: (server, atMs) => keptNameOf(MariadbSettings.parse(server), atMs),
    isThere: async (item, signal) => {
      if (item.kept === undefined) return true;
      using session = await openSession(serverOf(item), signal);
      return await asking(signal, isThere(session, item.kept, signal));
    },
    bytes: async (item, signal) => {
      if (item.kept === undefined) return 0;
      using session = await openSession(serverOf(item), signal);
      return await asking(signal, sizeOf(session, item.kept, signal));
    },
    remove: async (item, signal) => {
      if (item.kept !== undefined) await dropOurs(serverOf(item), item.kept, signal);
    },
  },
};

async function compareTables(kept: KeptTables, signal: AbortSignal) {
  const { server, database } = kept;
  const tables = await compareKeptTables(kept, signal);
  using session = await openSession(server, signal);
  const bytes = await asking(signal, sizeOf(session, database, signal));
  return { live: wordPlace(server), bytes, tables };
}

/** Undefined: it is a whole database. */
function tablesIn(item: KeptItem): KeptTables | undefined {
  const { tables, kept } = item;
  if (tables === undefined || kept === undefined) return undefined;
  return { server: serverOf(item), database: kept, tables };
}

const onlyKept =
  'only the numbers of rows are compared: which rows are new or changed since is not known';

function serverOf(item: KeptItem | undefined): MariadbSettings {
  return MariadbSettings.parse(item?.server);
}
