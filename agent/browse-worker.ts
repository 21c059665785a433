import { parentPort } from 'node:worker_threads';
import { z } from 'zod';
import { failureOf } from '../protocol/failures.ts';
import { type Folders, folderOf, indexFolders } from './chain/folders.ts';

const Ask = z.object({
  id: z.number(),
  archive: z.string(),
  stores: z.array(z.string()),
  identities: z.array(z.string()),
  passphrase: z.string().optional(),
  path: z.string(),
  offset: z.number(),
  limit: z.number(),
});

/**
 * Parsed indexes kept by archive and keys, the newest used last. An archive never changes once it is sealed; one
 * that was opened with a key is not open to who has none.
 */
const kept = 4;
const cache = new Map<string, Promise<Folders>>();

parentPort?.on('message', (raw) => void answer(Ask.parse(raw)));

async function answer(ask: z.infer<typeof Ask>): Promise<void> {
  try {
    const entries = folderOf(await foldersOf(ask), ask.path);
    const page = entries.slice(ask.offset, ask.offset + ask.limit);
    parentPort?.postMessage({ kind: 'page', id: ask.id, total: entries.length, entries: page });
  } catch (error) {
    cache.delete(keyOf(ask));
    parentPort?.postMessage({ kind: 'failure', id: ask.id, failure: failureOf(error) });
  }
}

function keyOf({ archive, identities, passphrase }: z.infer<typeof Ask>): string {
  return JSON.stringify([archive, identities, passphrase]);
}

async function foldersOf(ask: z.infer<typeof Ask>): Promise<Folders> {
  const key = keyOf(ask);
  const { archive, stores, identities, passphrase } = ask;
  const found = cache.get(key) ?? indexFolders(archive, stores, { identities, passphrase });
  cache.delete(key);
  cache.set(key, found);
  const [oldest] = cache.keys();
  if (cache.size > kept && oldest !== undefined) cache.delete(oldest);
  return await found;
}
