import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { BrowseEntry } from '../../protocol/domain/backup.ts';
import { Failure, KedgeError } from '../../protocol/failures.ts';
import { programFile } from '../os/program-file.ts';
import type { Keys } from '../os/work.ts';

const Answer = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('page'),
    id: z.number(),
    total: z.number(),
    entries: z.array(BrowseEntry).readonly(),
  }),
  z.object({ kind: z.literal('failure'), id: z.number(), failure: Failure }),
]);
type Page = Extract<z.infer<typeof Answer>, { kind: 'page' }>;

let worker: Worker | undefined;
let lastId = 0;
const waiting = new Map<number, PromiseWithResolvers<Page>>();

/** One folder inside a backup, whose full may lie in `stores`, from a worker thread that keeps parsed indexes. */
export async function browseBackup(
  archive: string,
  stores: readonly string[],
  keys: Keys,
  path: string,
  offset: number,
  limit: number,
): Promise<{ total: number; entries: readonly BrowseEntry[] }> {
  worker ??= startWorker();
  const id = ++lastId;
  const answer = Promise.withResolvers<Page>();
  waiting.set(id, answer);
  worker.postMessage({ id, archive, stores, ...keys, path, offset, limit });
  const { total, entries } = await answer.promise;
  return { total, entries };
}

function startWorker(): Worker {
  const started = new Worker(programFile('browse-worker'));
  started.on('message', (raw) => {
    const message = Answer.parse(raw);
    const answer = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'page') answer?.resolve(message);
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
