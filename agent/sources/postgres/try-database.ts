import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import { type ServerTrial, serverTrial, type TrialRoom } from '../server-trial.ts';
import { besideOf } from './database-place.ts';
import { DumpFacts, dumpFolder, factsName } from './dump-facts.ts';
import { dropOurs } from './exchange-databases.ts';
import { trialObstacles } from './restore-findings.ts';
import { bytesMadeOf, serverSpace } from './server-space.ts';
import { loadDump, proveDump } from './stage-database.ts';

export function trialOfPostgres(source: string, server: PostgresSettings): ServerTrial {
  return serverTrial<DumpFacts>({
    source,
    nameOf: besideOf(server),
    facts: async (folder) =>
      DumpFacts.parse(JSON.parse(await readFile(join(folder, factsName), 'utf8'))),
    obstacles: async (facts, { signal }) => await trialObstacles({ source, server, facts }, signal),
    room: async (facts, folder) => await roomFor(server, folder, facts),
    async restore(name, facts, folder, work) {
      const staging = { source, server, name };
      const notes = await loadDump(staging, facts, folder, work);
      await proveDump(staging, facts, work.signal);
      return notes;
    },
    proves: 'with the rows of every table',
    drop: async (name, signal) => await dropOurs(server, name, signal),
  });
}

async function roomFor(
  server: PostgresSettings,
  folder: string,
  facts: DumpFacts,
): Promise<TrialRoom | undefined> {
  const path = await serverSpace(server);
  if (path === undefined) return undefined;
  return { path, bytes: bytesMadeOf(await bytesIn(join(folder, dumpFolder)), facts) };
}

async function bytesIn(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(folder)) bytes += (await stat(join(folder, name))).size;
  return bytes;
}
