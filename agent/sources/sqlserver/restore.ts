import { readdir } from 'node:fs/promises';
import { isThisMachine } from '../../databases/place-of.ts';
import { literal } from '../../databases/sqlserver/quote.ts';
import { freeNameBeside } from '../name-beside.ts';
import type { ArchivedSource, SourceRestore, SpaceNeed } from '../restore-kind.ts';
import { findServerClients } from '../server-clients.ts';
import { unfold } from './archived-facts.ts';
import { compareDatabase } from './compare-database.ts';
import { besideOf, keptNameOf, placeOf } from './database-place.ts';
import { serverIn } from './exchange-databases.ts';
import { noJob } from './exchange-folder.ts';
import { partOfSqlserver } from './part-of-sqlserver.ts';
import { restoreFindings, restoreRights } from './restore-findings.ts';
import { openMaster } from './sessions.ts';
import { type SqlserverSourceSettings, serverOf } from './settings.ts';
import { isDatabaseThere } from './source.ts';
import { stageDatabase } from './stage-database.ts';
import { trialOfSqlserver } from './try-database.ts';

const never = new AbortController().signal;

/** The server makes a new database of its backups beside the live one, and they change names. */
export function restoreSqlserver(source: string, settings: SqlserverSourceSettings): SourceRestore {
  const server = serverOf(settings);
  const isThere = async (name: string) => await isDatabaseThere(server, never, name);
  const restore: SourceRestore = {
    engine: settings.engine,
    server,
    livePaths: async () => [],
    compare: async (archived, { signal }) =>
      await compareDatabase(source, server, await unfold(archived, signal), signal),
    space: async (archived) => await spaceNeeds(settings, archived),
    findings: async (archived, signal, work = noJob) =>
      await restoreFindings({ source, settings, work }, await unfold(archived, signal), signal),
    rights: async (signal) => await restoreRights(server, signal),
    clients: async (signal) => await findServerClients(source, server, signal),
    items: async (_archived, _place, { job, nowMs }) => [
      {
        live: placeOf(server),
        incoming: await freeNameBeside(besideOf(server), `new_${job}`, isThere),
        outgoing: keptNameOf(server, nowMs),
        server,
      },
    ],
    trial: trialOfSqlserver(source, settings),
    partly: async (archived, order) => await partOfSqlserver(restore, settings, archived, order),
    async stage(archived, items, work, onBytes) {
      const notes: string[] = [];
      for (const item of items) {
        const name = item.incoming;
        if (name === undefined) continue;
        const staging = { source, settings, server: serverIn(item), name };
        notes.push(...(await stageDatabase(staging, archived, work, onBytes)));
      }
      return notes;
    },
  };
  return restore;
}

/** The backups in the exchange folder; and, where the server's disk is of this machine, the new database. */
async function spaceNeeds(
  settings: SqlserverSourceSettings,
  archived: ArchivedSource,
): Promise<readonly SpaceNeed[]> {
  let bytes = 0;
  for await (const { sizeBytes } of archived.members()) bytes += sizeBytes;
  const exchange: SpaceNeed = { path: settings.exchange.here, bytes, part: 'staging' };
  if (!isThisMachine(settings.host)) return [exchange];
  const { files } = await unfold(archived, never);
  const path = await dataFolder(settings);
  if (path === undefined) return [exchange];
  const size = files.reduce((sum, file) => sum + file.bytes, 0);
  return [exchange, { path, bytes: size, part: 'staging' }];
}

/** Where the live one lies, as far as this user can see that folder. */
async function dataFolder(settings: SqlserverSourceSettings): Promise<string | undefined> {
  const server = serverOf(settings);
  try {
    using session = await openMaster(server, never);
    const sql = `SELECT TOP 1 physical_name AS path FROM sys.master_files WHERE database_id = DB_ID(${literal(server.name)}) AND type = 0`;
    const [row] = await session.query(sql, never);
    const folder = row?.['path']?.replace(/\/[^/]*$/, '');
    if (!folder?.startsWith('/')) return undefined;
    await readdir(folder);
    return folder;
  } catch {
    // What keeps it from answering is found by the plan's other questions.
    return undefined;
  }
}
