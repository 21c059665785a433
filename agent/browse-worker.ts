import { parentPort } from 'node:worker_threads';
import * as z from 'zod';
import { KeyValue } from '../protocol/domain/restore-order.ts';
import { failureOf } from '../protocol/failures.ts';
import { type Folders, folderOf, indexFolders } from './chain/folders.ts';
import { browseRows } from './restore/browse-rows.ts';

const OfBackup = z.object({
  id: z.number(),
  archive: z.string(),
  stores: z.array(z.string()),
  identities: z.array(z.string()),
  passphrase: z.string().optional(),
});
const FolderAsk = OfBackup.extend({
  kind: z.literal('folder'),
  path: z.string(),
  offset: z.number(),
  limit: z.number(),
});
const RowsAsk = OfBackup.extend({
  kind: z.literal('rows'),
  folder: z.string(),
  source: z.string(),
  table: z.string().optional(),
  after: z.array(KeyValue).optional(),
  limit: z.number(),
  search: z.string().optional(),
});
const Message = z.discriminatedUnion('kind', [
  FolderAsk,
  RowsAsk,
  z.object({ kind: z.literal('cancel'), id: z.number() }),
]);
type FolderAsk = z.infer<typeof FolderAsk>;
type RowsAsk = z.infer<typeof RowsAsk>;

/**
 * Parsed indexes kept by archive and keys, the newest used last. An archive never changes once it is sealed; one
 * that was opened with a key is not open to who has none.
 */
const kept = 4;
const cache = new Map<string, Promise<Folders>>();

/** An unpacked database is taken away when nobody has read it for so long. */
const idleMs = 5 * 60_000;
const rowsOf = browseRows(idleMs);
const cancels = new Map<number, AbortController>();

parentPort?.on('message', (raw) => {
  const message = Message.parse(raw);
  switch (message.kind) {
    case 'folder':
      return void answer(message);
    case 'rows':
      return void answerRows(message);
    case 'cancel':
      return cancels.get(message.id)?.abort();
    default:
      return message satisfies never;
  }
});

async function answerRows({ id, identities, passphrase, ...ask }: RowsAsk): Promise<void> {
  const cancel = new AbortController();
  cancels.set(id, cancel);
  try {
    const rows = await rowsOf({ ...ask, keys: { identities, passphrase } }, cancel.signal);
    parentPort?.postMessage({ kind: 'rows', id, rows });
  } catch (error) {
    parentPort?.postMessage({ kind: 'failure', id, failure: failureOf(error) });
  } finally {
    cancels.delete(id);
  }
}

async function answer(ask: FolderAsk): Promise<void> {
  try {
    const entries = folderOf(await foldersOf(ask), ask.path);
    const page = entries.slice(ask.offset, ask.offset + ask.limit);
    parentPort?.postMessage({ kind: 'page', id: ask.id, total: entries.length, entries: page });
  } catch (error) {
    cache.delete(keyOf(ask));
    parentPort?.postMessage({ kind: 'failure', id: ask.id, failure: failureOf(error) });
  }
}

function keyOf({ archive, identities, passphrase }: FolderAsk): string {
  return JSON.stringify([archive, identities, passphrase]);
}

async function foldersOf(ask: FolderAsk): Promise<Folders> {
  const key = keyOf(ask);
  const { archive, stores, identities, passphrase } = ask;
  const found = cache.get(key) ?? indexFolders(archive, stores, { identities, passphrase });
  cache.delete(key);
  cache.set(key, found);
  const [oldest] = cache.keys();
  if (cache.size > kept && oldest !== undefined) cache.delete(oldest);
  return await found;
}
