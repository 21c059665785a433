import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { KedgeError } from '../../protocol/failures.ts';
import { makeFolderDurably, removeFile, syncFolder, writeFileAtomic } from '../os/files.ts';
import type { DatabaseServer } from './database-server.ts';
import { DatabaseSettings } from './settings.ts';

/** What shutting out changed in a server, on disk before it was changed. */
export const ShutOut = z.object({
  service: z.string(),
  atMs: z.number(),
  /** How the server was reached: the configuration may name another one by now, or none. */
  settings: DatabaseSettings.optional(),
  fence: z.discriminatedUnion('engine', [
    z.object({
      engine: z.literal('postgres'),
      database: z.string(),
      oid: z.string().optional(),
    }),
    z.object({
      engine: z.literal('mariadb'),
      database: z.string(),
      accounts: z.array(z.string()).readonly(),
    }),
    z.object({ engine: z.literal('sqlserver'), database: z.string(), id: z.string() }),
  ]),
});
export type ShutOut = z.infer<typeof ShutOut>;

const idPattern = /^[a-z0-9][a-z0-9-]*$/;
const folderOf = (stateFolder: string): string => join(stateFolder, 'shut-outs');
const pathOf = (stateFolder: string, service: string): string =>
  join(folderOf(stateFolder), `${service}.json`);

/**
 * Keeps all clients out of a database until `letClientsIn`. What fails in the middle is taken back.
 * False: they were out already, by somebody else's doing, and nothing was changed.
 */
export async function shutClientsOut(
  order: {
    readonly stateFolder: string;
    readonly service: string;
    readonly server: DatabaseServer;
    readonly settings?: DatabaseSettings | undefined;
    readonly nowMs: number;
  },
  signal: AbortSignal,
): Promise<boolean> {
  const { stateFolder, service, server, settings, nowMs } = order;
  const known = shutOutOf(stateFolder, service);
  if (known !== undefined)
    throw new KedgeError('busy', {
      what: `shutting out the clients of ${service}`,
      why: 'they are shut out already',
    });
  const fence = await server.planFence(signal);
  if (fence === undefined) return false;
  const record: ShutOut = { service, atMs: nowMs, settings, fence };
  await makeFolderDurably(folderOf(stateFolder));
  // First: whatever dies from here on, the next Kedge knows what to take back.
  await writeFileAtomic(pathOf(stateFolder, service), JSON.stringify(record));
  try {
    await server.shutOut(fence, signal);
  } catch (error) {
    // The first failure is the one to be told; the record stays where this fails too.
    await letClientsIn(stateFolder, service, server).catch(() => undefined);
    throw error;
  }
  return true;
}

/** Long enough for a server under load, short enough for one that hangs. */
const letInMs = 10_000;

/** Takes back what `shutClientsOut` changed. False: nothing was on record. */
export async function letClientsIn(
  stateFolder: string,
  service: string,
  server: DatabaseServer,
): Promise<boolean> {
  const record = shutOutOf(stateFolder, service);
  if (record === undefined) return false;
  await server.letIn(record.fence, AbortSignal.timeout(letInMs));
  await forgetShutOut(stateFolder, service);
  return true;
}

/** Takes nothing back. */
export async function forgetShutOut(stateFolder: string, service: string): Promise<void> {
  await removeFile(pathOf(stateFolder, service));
  await syncFolder(folderOf(stateFolder));
}

/** All that are on record, in the order of their services. */
export function findShutOuts(stateFolder: string): readonly ShutOut[] {
  if (!existsSync(folderOf(stateFolder))) return [];
  return readdirSync(folderOf(stateFolder))
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .flatMap((name) => shutOutOf(stateFolder, name.slice(0, -'.json'.length)) ?? []);
}

export function shutOutOf(stateFolder: string, service: string): ShutOut | undefined {
  const path = pathOf(stateFolder, service);
  // What no service can be called may not lead to another file.
  if (!idPattern.test(service) || !existsSync(path)) return undefined;
  return ShutOut.parse(JSON.parse(readFileSync(path, 'utf8')));
}
