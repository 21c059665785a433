import { SqlserverSettings } from '../../databases/sqlserver/settings.ts';
import type { KeptItem, KeptKind } from '../kept-order.ts';
import { keptNameOf, wordPlace } from './database-place.ts';
import { dropOurs } from './exchange-databases.ts';
import { readBytes } from './read-facts.ts';
import { asking, openMaster } from './sessions.ts';
import { isDatabaseThere } from './source.ts';

/** A kept database is offline, so its rows can't be counted; taking it back renames it. */
export const keptSqlserver: KeptKind = {
  compare: async ({ source, engine, items }, { signal }) => {
    const [item] = items;
    const server = serverOf(item);
    const bytes = item?.kept === undefined ? 0 : await bytesOf(server, item.kept, signal);
    const liveBytes = await bytesOf(server, server.name, signal);
    const problem = 'its rows are not compared: what an undo keeps is offline';
    return { source, engine, live: wordPlace(server), bytes, liveBytes, problem };
  },
  space: async () => [],
  inServer: {
    nameOf: (server, atMs) => keptNameOf(SqlserverSettings.parse(server), atMs),
    isThere: async (item, signal) =>
      item.kept === undefined || (await isDatabaseThere(serverOf(item), signal, item.kept)),
    bytes: async (item, signal) =>
      item.kept === undefined ? 0 : await bytesOf(serverOf(item), item.kept, signal),
    remove: async (item, signal) => {
      if (item.kept !== undefined) await dropOurs(serverOf(item), item.kept, signal);
    },
  },
};

function serverOf(item: KeptItem | undefined): SqlserverSettings {
  return SqlserverSettings.parse(item?.server);
}

/** On the server's disk; 0: it is not there. */
export async function bytesOf(
  server: SqlserverSettings,
  name: string,
  signal: AbortSignal,
): Promise<number> {
  using session = await openMaster(server, signal);
  return await asking(signal, readBytes(session, name, signal));
}
