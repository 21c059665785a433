import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import { exists } from '../../os/files.ts';
import { type ServerTrial, serverTrial, type TrialRoom } from '../server-trial.ts';
import { CodeObject } from './code-object.ts';
import { besideOf } from './database-place.ts';
import { DumpFacts, dumpPaths, factsName, objectsName, tablesFolder } from './dump-facts.ts';
import { dropOurs } from './exchange-tables.ts';
import { type DumpFile, loadDump } from './load-dump.ts';
import { trialObstacles } from './restore-findings.ts';
import { serverSpace } from './server-space.ts';
import { asking, openSession } from './sessions.ts';
import { prove } from './stage-database.ts';

/** Indexes and what pages leave free, beside the rows of the dump. */
const timesOfDump = 2;

export function trialOfMariadb(source: string, server: MariadbSettings): ServerTrial {
  return serverTrial<DumpFacts>({
    source,
    nameOf: besideOf(server),
    facts: async (folder) => DumpFacts.parse(await readJson(folder, factsName)),
    obstacles: async (facts, { signal }) => await trialObstacles({ source, server, facts }, signal),
    room: async (facts, folder) => await roomFor(server, folder, facts),
    async restore(name, facts, folder, work) {
      const { signal } = work;
      const code = z.array(CodeObject).parse(await readJson(folder, objectsName));
      using session = await openSession(server, signal);
      const files = () => filesIn(folder, facts);
      await loadDump({ source, server, name, facts, files }, session, work);
      await asking(signal, prove({ source, server, name }, session, { facts, code }, signal));
      return [];
    },
    proves: 'with the rows of every table',
    drop: async (name, signal) => await dropOurs(server, name, signal),
  });
}

async function readJson(folder: string, name: string): Promise<unknown> {
  const path = join(folder, name);
  // Where there is neither view nor code there is no file of them.
  return (await exists(path)) ? JSON.parse(await readFile(path, 'utf8')) : [];
}

async function* filesIn(folder: string, facts: DumpFacts): AsyncGenerator<DumpFile> {
  for (const path of dumpPaths(facts)) {
    const file = join(folder, path);
    if (await exists(file)) yield { path, content: createReadStream(file) };
  }
}

async function roomFor(
  server: MariadbSettings,
  folder: string,
  { tables }: DumpFacts,
): Promise<TrialRoom | undefined> {
  const path = await serverSpace(server);
  if (path === undefined) return undefined;
  let bytes = 0;
  for (const { file } of tables) bytes += (await stat(join(folder, tablesFolder, file))).size;
  return { path, bytes: timesOfDump * bytes };
}
