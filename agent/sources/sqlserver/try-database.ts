import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyFile } from '../../os/files.ts';
import type { Work } from '../../os/work.ts';
import { type ServerTrial, serverTrial } from '../server-trial.ts';
import { BackupFacts, differentialName, factsName, fullName } from './backup-facts.ts';
import { type LaidOut, restoreFiles } from './build-database.ts';
import { besideOf } from './database-place.ts';
import { dropOurs } from './exchange-databases.ts';
import { clearExchange, exchangeFile } from './exchange-folder.ts';
import { openForServer } from './open-for-server.ts';
import { restoreFindings } from './restore-findings.ts';
import { type SqlserverSourceSettings, serverOf } from './settings.ts';

export function trialOfSqlserver(source: string, settings: SqlserverSourceSettings): ServerTrial {
  const server = serverOf(settings);
  return serverTrial<BackupFacts>({
    source,
    nameOf: besideOf(server),
    facts: async (folder) =>
      BackupFacts.parse(JSON.parse(await readFile(join(folder, factsName), 'utf8'))),
    obstacles: async (facts, work) =>
      (await restoreFindings({ source, settings, work }, facts, work.signal)).obstacles,
    room: async ({ full, differential }) => ({
      path: settings.exchange.here,
      bytes: full.bytes + (differential?.bytes ?? 0),
    }),
    async restore(name, facts, folder, work) {
      const user = { source, settings, work };
      try {
        const files = await layOut(user, facts, folder);
        await restoreFiles({ source, settings, server, name }, files, work);
        return [];
      } finally {
        await clearExchange(user);
      }
    },
    proves: 'checked there page by page',
    drop: async (name, signal) => await dropOurs(server, name, signal),
    // What the server says of the backup, and not of itself.
    faults: ['restore-refused'],
  });
}

interface User {
  readonly source: string;
  readonly settings: SqlserverSourceSettings;
  readonly work: Work;
}

/** The server reads from no other folder. */
async function layOut(
  user: User,
  { full, differential }: BackupFacts,
  folder: string,
): Promise<readonly LaidOut[]> {
  const wanted = [
    { name: fullName, ...full },
    ...(differential === undefined ? [] : [{ name: differentialName, ...differential }]),
  ];
  const files: LaidOut[] = [];
  for (const { name, guid, bytes } of wanted) {
    user.work.signal.throwIfAborted();
    const file = exchangeFile(user, name);
    await copyFile(join(folder, name), file.here);
    await openForServer(file.here);
    files.push({ file, guid, bytes });
  }
  return files;
}
