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
import { incomingNameOf, keptNameOf, placeOf } from './database-place.ts';
import { serverIn } from './exchange-databases.ts';
import { partOfPostgres } from './part-of-postgres.ts';
import { restoreFindings, restoreRights } from './restore-findings.ts';
import { bytesMadeOf, serverSpace } from './server-space.ts';
import { type PostgresSourceSettings, serverOf } from './settings.ts';
import { stageDatabase } from './stage-database.ts';
import { trialOfPostgres } from './try-database.ts';

const never = new AbortController().signal;

/** A new database is made of the dump beside the live one, and they change names. */
export function restorePostgres(source: string, settings: PostgresSourceSettings): SourceRestore {
  const server = serverOf(settings);
  return {
    engine: settings.engine,
    server,
    livePaths: async () => [],
    compare: async (archived, { signal }) =>
      await compareDatabase(source, server, await unfold(archived, signal), signal),
    space: async (archived) => await spaceNeeds(settings, archived),
    scratchBytes: async (archived) => await bytesOf(archived),
    findings: async (archived, signal) => {
      const { facts } = await unfold(archived, signal);
      return await restoreFindings({ source, server, facts }, signal);
    },
    trial: trialOfPostgres(source, server),
    rights: async (signal) => await restoreRights(server, signal),
    clients: async (signal) => await findServerClients(source, server, signal),
    items: async (_archived, _place, { job, nowMs }) => [
      {
        live: placeOf(server),
        server,
        incoming: incomingNameOf(server, job),
        outgoing: keptNameOf(server, nowMs),
      },
    ],
    partly: async (archived, order) =>
      await partOfPostgres(restorePostgres(source, settings), server, archived, order),
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

async function bytesOf(archived: ArchivedSource): Promise<number> {
  let bytes = 0;
  for await (const { sizeBytes } of archived.members()) bytes += sizeBytes;
  return bytes;
}

/** What is live stays where it is and gets another name. */
async function spaceNeeds(
  settings: PostgresSourceSettings,
  archived: ArchivedSource,
): Promise<readonly SpaceNeed[]> {
  const path = await serverSpace(serverOf(settings));
  if (path === undefined) return [];
  const { facts, bytes } = await unfold(archived, never);
  return [{ path, bytes: bytesMadeOf(bytes, facts), part: 'staging' }];
}
