import { parentPort } from 'node:worker_threads';
import { z } from 'zod';
import { failureOf } from '../protocol/failures.ts';
import { type Folders, folderOf, indexFolders } from './chain/folders.ts';

const Ask = z.object({
  id: z.number(),
  archive: z.string(),
  stores: z.array(z.string()),
  path: z.string(),
  offset: z.number(),
  limit: z.number(),
});

/** Parsed indexes kept, the newest used last. An archive never changes once it is sealed. */
const kept = 4;
const cache = new Map<string, Promise<Folders>>();

parentPort?.on('message', (raw) => void answer(Ask.parse(raw)));

async function answer(ask: z.infer<typeof Ask>): Promise<void> {
  try {
    const entries = folderOf(await foldersOf(ask), ask.path);
    const page = entries.slice(ask.offset, ask.offset + ask.limit);
    parentPort?.postMessage({ kind: 'page', id: ask.id, total: entries.length, entries: page });
  } catch (error) {
    cache.delete(ask.archive);
    parentPort?.postMessage({ kind: 'failure', id: ask.id, failure: failureOf(error) });
  }
}

async function foldersOf({ archive, stores }: z.infer<typeof Ask>): Promise<Folders> {
  const found = cache.get(archive) ?? indexFolders(archive, stores);
  cache.delete(archive);
  cache.set(archive, found);
  const [oldest] = cache.keys();
  if (cache.size > kept && oldest !== undefined) cache.delete(oldest);
  return await found;
}
