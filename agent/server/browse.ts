import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { BrowseEntry } from '../../protocol/domain/backup.ts';
import { Failure, KedgeError } from '../../protocol/failures.ts';
import type { BackupRows } from '../../protocol/methods/rows.ts';
import { programFile } from '../os/program-file.ts';
import type { Keys } from '../os/work.ts';
import type { RowsOrder } from '../restore/browse-rows.ts';

const Answer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('page'),
    id: z.number(),
    total: z.number(),
    entries: z.array(BrowseEntry).readonly(),
  }),
  // Checked where it was made; a page is long.
  z.object({ kind: z.literal('rows'), id: z.number(), rows: z.custom<BackupRows>() }),
  z.object({ kind: z.literal('failure'), id: z.number(), failure: Failure }),
]);
type Given = Exclude<z.infer<typeof Answer>, { kind: 'failure' }>;

let worker: Worker | undefined;
let lastId = 0;
const waiting = new Map<number, PromiseWithResolvers<Given>>();

/** One folder inside a backup, whose full may lie in `stores`, from a worker thread that keeps parsed indexes. */
export async function browseBackup(
  archive: string,
  stores: readonly string[],
  keys: Keys,
  path: string,
  offset: number,
  limit: number,
): Promise<{ total: number; entries: readonly BrowseEntry[] }> {
  const ask = { kind: 'folder', archive, stores, ...keys, path, offset, limit };
  const answer = await askWorker(ask);
  if (answer.kind !== 'page') throw new KedgeError('internal', { cause: 'no page of a folder' });
  return { total: answer.total, entries: answer.entries };
}

/** Where a database lies while its rows are browsed; cleared at start as all scratch is. */
export function rowsFolder(stateFolder: string): string {
  return join(stateFolder, 'scratch', 'rows');
}

/** Tables or rows of a backup's database, which the worker thread unpacks once. */
export async function browseBackupRows(
  { keys, ...order }: RowsOrder,
  signal: AbortSignal,
): Promise<BackupRows> {
  const answer = await askWorker({ kind: 'rows', ...order, ...keys }, signal);
  if (answer.kind !== 'rows') throw new KedgeError('internal', { cause: 'no rows' });
  return answer.rows;
}

async function askWorker(ask: object, signal?: AbortSignal): Promise<Given> {
  worker ??= startWorker();
  const to = worker;
  const id = ++lastId;
  const answer = Promise.withResolvers<Given>();
  waiting.set(id, answer);
  to.postMessage({ ...ask, id });
  const cancel = (): void => to.postMessage({ kind: 'cancel', id });
  signal?.addEventListener('abort', cancel, { once: true });
  try {
    return await answer.promise;
  } finally {
    signal?.removeEventListener('abort', cancel);
  }
}

function startWorker(): Worker {
  const started = new Worker(programFile('browse-worker'));
  started.on('message', (raw) => {
    const message = Answer.parse(raw);
    const answer = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind !== 'failure') answer?.resolve(message);
    else answer?.reject(new KedgeError(message.failure.code, message.failure.params));
  });
  started.on('error', (error) => {
    worker = undefined;
    for (const answer of waiting.values()) answer.reject(error);
    waiting.clear();
  });
  // After the listeners: adding one to a worker holds the process again.
  started.unref();
  return started;
}
