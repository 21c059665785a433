import { PostgresSettings } from '../../databases/postgres/settings.ts';
import type { KeptItem, KeptKind } from '../kept-order.ts';
import { sizeOf } from './compare-database.ts';
import { keptNameOf, wordPlace } from './database-place.ts';
import { dropOurs } from './exchange-databases.ts';
import { isDatabaseThere } from './is-database-there.ts';

/** A kept database takes no connections, so its rows can't be counted; taking it back renames it. */
export const keptPostgres: KeptKind = {
  compare: async ({ source, engine, items }, { signal }) => {
    const [item] = items;
    const server = serverOf(item);
    const bytes = item?.kept === undefined ? 0 : await sizeOf(server, item.kept, signal);
    const liveBytes = await sizeOf(server, server.name, signal);
    const problem = 'its rows are not compared: what an undo keeps takes no connections';
    return { source, engine, live: wordPlace(server), bytes, liveBytes, problem };
  },
  space: async () => [],
  inServer: {
    nameOf: (server, atMs) => keptNameOf(PostgresSettings.parse(server), atMs),
    isThere: async (item, signal) =>
      item.kept === undefined || (await isDatabaseThere(serverOf(item), signal, item.kept)),
    bytes: async (item, signal) =>
      item.kept === undefined ? 0 : await sizeOf(serverOf(item), item.kept, signal),
    remove: async (item, signal) => {
      if (item.kept !== undefined) await dropOurs(serverOf(item), item.kept, signal);
    },
  },
};

function serverOf(item: KeptItem | undefined): PostgresSettings {
  return PostgresSettings.parse(item?.server);
}
