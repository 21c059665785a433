import { freeNameBeside } from '../name-beside.ts';
import type {
  ArchivedSource,
  ExchangeItem,
  SourceRestore,
  SpaceNeed,
  StageWork,
} from '../restore-kind.ts';
import { findServerClients } from '../server-clients.ts';
import { unfold } from './archived-facts.ts';
import { compareDatabase } from './compare-database.ts';
import { besideOf, keptNameOf, placeOf } from './database-place.ts';
import { serverIn } from './exchange-tables.ts';
import { isDatabaseThere } from './is-database-there.ts';
import { partOfMariadb } from './part-of-mariadb.ts';
import { restoreFindings, restoreRights } from './restore-findings.ts';
import { serverSpace } from './server-space.ts';
import { type MariadbSourceSettings, serverOf } from './settings.ts';
import { stageDatabase } from './stage-database.ts';
import { trialOfMariadb } from './try-database.ts';

const never = new AbortController().signal;

/** A new database is made of the dump beside the live one, and their tables change places. */
export function restoreMariadb(source: string, settings: MariadbSourceSettings): SourceRestore {
  const server = serverOf(settings);
  const isThere = async (name: string) => await isDatabaseThere(server, never, name);
  return {
    engine: settings.engine,
    server,
    livePaths: async () => [],
    compare: async (archived, { signal }) =>
      await compareDatabase(source, server, await unfold(archived, signal), signal),
    space: async (archived) => await spaceNeeds(settings, archived),
    findings: async (archived, signal) => {
      const { facts } = await unfold(archived, signal);
      return await restoreFindings({ source, server, facts }, signal);
    },
    rights: async (signal) => await restoreRights(server, signal),
    trial: trialOfMariadb(source, server),
    clients: async (signal) => await findServerClients(source, server, signal),
    items: async (_archived, _place, { job, nowMs }) => [
      {
        live: placeOf(server),
        server,
        incoming: await freeNameBeside(besideOf(server), `new_${job}`, isThere),
        outgoing: keptNameOf(server, nowMs),
      },
    ],
    partly: async (archived, order) =>
      await partOfMariadb(restoreMariadb(source, settings), server, archived, order),
    stage: async (archived, items, work, onBytes) =>
      await stageItems(source, { archived, items }, work, onBytes),
  };
}

async function stageItems(
  source: string,
  { archived, items }: { archived: ArchivedSource; items: readonly ExchangeItem[] },
  work: StageWork,
  onBytes: (bytes: number) => void,
): Promise<readonly string[]> {
  const notes: string[] = [];
  for (const item of items) {
    if (item.incoming === undefined) continue;
    const staging = { source, server: serverIn(item), name: item.incoming };
    notes.push(...(await stageDatabase(staging, archived, work, onBytes)));
  }
  return notes;
}

/** Indexes and what pages leave free, beside the rows of the dump. */
const timesOfDump = 2;

/** What is live stays where it is, in another database. */
async function spaceNeeds(
  settings: MariadbSourceSettings,
  archived: ArchivedSource,
): Promise<readonly SpaceNeed[]> {
  const path = await serverSpace(serverOf(settings));
  if (path === undefined) return [];
  let bytes = 0;
  for await (const { sizeBytes } of archived.members()) bytes += sizeBytes;
  return [{ path, bytes: timesOfDump * bytes, part: 'staging' }];
}
