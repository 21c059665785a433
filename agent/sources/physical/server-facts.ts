import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { KedgeError } from '../../../protocol/failures.ts';
import { errorMessage } from '../../os/error-code.ts';
import type { ArchivedSource } from '../restore-kind.ts';

/** `<source>/server.json`: what is known of the server whose data folder is `<source>/data`. */
export const ServerFacts = z.object({
  format: z.literal(1),
  /** "MariaDB", "PostgreSQL". */
  product: z.string(),
  /** "10.11.19". */
  server: z.string(),
  /** Of the program that copied it, where one did. */
  tools: z.string().optional(),
  /** Where it was, absolute. */
  dataFolder: z.string(),
  /** Names of its databases, those of the server itself left out. */
  databases: z.array(z.string()).readonly(),
  /** By which a server is told from all others, where it has such a thing. */
  serverId: z.string().optional(),
  /** What else the engine needs to start it again. */
  settings: z.record(z.string(), z.string()),
});
export type ServerFacts = z.infer<typeof ServerFacts>;

export const factsName = 'server.json';
export const dataName = 'data';

export function printFacts(facts: ServerFacts): Buffer {
  return Buffer.from(`${JSON.stringify(facts, null, 2)}\n`);
}

/** Names come from an archive: a hostile one may announce any size. */
const factsAtMost = 1 << 20;

export async function readFacts(
  archived: ArchivedSource,
  signal: AbortSignal,
): Promise<ServerFacts> {
  const wanted = Buffer.from(`${archived.name}/${factsName}`);
  for await (const member of archived.members()) {
    if (!member.name.equals(wanted)) continue;
    if (member.kind !== 'file' || member.sizeBytes > factsAtMost) break;
    const parts: Buffer[] = [];
    for await (const bytes of archived.content(member, signal)) parts.push(Buffer.from(bytes));
    return parseFacts(archived.name, Buffer.concat(parts).toString());
  }
  throw unknownServer(archived.name, `it has no "${factsName}"`);
}

/** Of a source that was unpacked into a folder. */
export async function readUnpackedFacts(source: string, folder: string): Promise<ServerFacts> {
  const text = await readFile(join(folder, factsName), 'utf8').catch((error: unknown) => {
    throw unknownServer(source, errorMessage(error));
  });
  return parseFacts(source, text);
}

function parseFacts(source: string, text: string): ServerFacts {
  try {
    return ServerFacts.parse(JSON.parse(text));
  } catch (error) {
    throw unknownServer(source, errorMessage(error));
  }
}

function unknownServer(source: string, why: string): KedgeError {
  const what = `what it says of the server of source "${source}" can't be read: ${why}`;
  return new KedgeError('restore-refused', { why: what });
}
