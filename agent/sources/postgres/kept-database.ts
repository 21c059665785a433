import { PostgresSettings } from '../../databases/postgres/settings.ts';
import type { KeptItem, KeptKind } from '../kept-order.ts';
import { sizeOf } from './compare-database.ts';
import { keptNameOf, wordPlace } from './database-place.ts';
import { dropOurs } from './exchange-databases.ts';
import { isDatabaseThere } from './is-database-there.ts';
import {
  areTablesKept,
  compareKeptTables,
  type KeptTables,
  keptTablesBytes,
  removeKeptTables,
} from './tables/kept-tables.ts';

/** A kept database takes no connections, so its rows can't be counted; taking it back renames it. */
export const keptPostgres: KeptKind = {
  compare: async ({ source, engine, items }, { signal }) => {
    const [item] = items;
    const server = serverOf(item);
    const about = { source, engine, live: wordPlace(server) };
    const kept = item && tablesIn(item);
    if (kept !== undefined) {
      const tables = await compareKeptTables(kept, signal);
      return { ...about, bytes: await keptTablesBytes(kept, signal), tables };
    }
    const bytes = item?.kept === undefined ? 0 : await sizeOf(server, item.kept, signal);
    const liveBytes = await sizeOf(server, server.name, signal);
    const problem = 'its rows are not compared: what an undo keeps takes no connections';
    return { ...about, bytes, liveBytes, problem };
  },
  space: async () => [],
  inServer: {
    nameOf: (server, atMs) => keptNameOf(PostgresSettings.parse(server), atMs),
    isThere: async (item, signal) => {
      const kept = tablesIn(item);
      if (kept !== undefined) return await areTablesKept(kept, signal);
      return item.kept === undefined || (await isDatabaseThere(serverOf(item), signal, item.kept));
    },
    bytes: async (item, signal) => {
      const kept = tablesIn(item);
      if (kept !== undefined) return await keptTablesBytes(kept, signal);
      return item.kept === undefined ? 0 : await sizeOf(serverOf(item), item.kept, signal);
    },
    remove: async (item, signal) => {
      const kept = tablesIn(item);
      if (kept !== undefined) await removeKeptTables(kept, signal);
      else if (item.kept !== undefined) await dropOurs(serverOf(item), item.kept, signal);
    },
  },
};

/** Undefined: it is a whole database. */
function tablesIn(item: KeptItem): KeptTables | undefined {
  const { tables, kept } = item;
  if (tables === undefined || kept === undefined) return undefined;
  return { server: serverOf(item), schema: kept, tables };
}

function serverOf(item: KeptItem | undefined): PostgresSettings {
  return PostgresSettings.parse(item?.server);
}
