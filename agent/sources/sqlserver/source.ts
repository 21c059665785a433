import { databaseByName } from '../../databases/sqlserver/databases.ts';
import type { SqlserverSettings } from '../../databases/sqlserver/settings.ts';
import type { Source } from '../source.ts';
import { captureSqlserver } from './capture.ts';
import { copyName } from './copy-name.ts';
import { placeOf, wordPlace } from './database-place.ts';
import { dropOurs } from './exchange-databases.ts';
import { clearExchange, noJob } from './exchange-folder.ts';
import { preflightSqlserver } from './preflight.ts';
import { asking, openMaster } from './sessions.ts';
import { type SqlserverSourceSettings, serverOf } from './settings.ts';

const dropMs = 10_000;

/** One database of a SQL Server; its members are the server's own backups, and what describes them. */
export function openSqlserverSource(name: string, settings: SqlserverSourceSettings): Source {
  const server = serverOf(settings);
  return {
    name,
    engine: settings.engine,
    live: wordPlace(server),
    paths: [],
    place: placeOf(server),
    // Of a server that does not answer nobody knows; what it may have is not to be taken for nothing.
    isLive: async (signal) => await isDatabaseThere(server, signal).catch(() => true),
    takes: 'copy',
    quiesce: settings.quiesce ?? { kind: 'none' },
    preflight: (signal, of) =>
      preflightSqlserver({ source: name, settings, work: of ?? noJob }, signal),
    capture: (work, asked) => captureSqlserver(name, settings, work, asked),
    async clearAfter(work) {
      await clearExchange({ source: name, settings, work });
      // Of a server that is down the next job that copies drops it.
      const copy = copyName(settings, work);
      await dropOurs(server, copy, AbortSignal.timeout(dropMs)).catch(() => undefined);
    },
  };
}

/** Whether the server has it, open to clients or not. */
export async function isDatabaseThere(
  server: SqlserverSettings,
  signal: AbortSignal,
  name = server.name,
): Promise<boolean> {
  using session = await openMaster(server, signal);
  return (await asking(signal, databaseByName(session, name, signal))) !== undefined;
}
