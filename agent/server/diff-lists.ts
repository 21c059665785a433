import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DiffEntry } from '../../protocol/domain/diff.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { diffListFolder, diffListPath } from '../jobs/perform-diff.ts';
import { errorCode } from '../os/error-code.ts';
import { removeFile } from '../os/files.ts';

const dayMs = 24 * 3_600_000;
/** They are read right after they were made, and may be large. */
const keptMs = 7 * dayMs;
/** A page is read with some of what follows it; a line is shorter by far. */
const chunkBytes = 1 << 20;
const newline = 0x0a;

interface DiffPage {
  readonly entries: readonly DiffEntry[];
  readonly next?: number;
}

/** Up to `limit` lines from a place in the list on. */
export async function readDiffPage(
  stateFolder: string,
  job: number,
  at: number,
  limit: number,
): Promise<DiffPage> {
  const path = diffListPath(stateFolder, job);
  await using file = await open(path).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOENT') throw error;
    throw new KedgeError('not-found', { what: 'list of a diff by job', id: job, list: 'job' });
  });
  const { size } = await file.stat();
  const chunk = Buffer.alloc(Math.max(0, Math.min(chunkBytes, size - at)));
  const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
  const entries: DiffEntry[] = [];
  let start = 0;
  for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
    if (end >= bytesRead || entries.length === limit) break;
    entries.push(DiffEntry.parse(JSON.parse(chunk.toString('utf8', start, end))));
    start = end + 1;
  }
  const next = at + start;
  return start > 0 && next < size ? { entries, next } : { entries };
}

export async function removeOldDiffLists(stateFolder: string, nowMs: number): Promise<void> {
  const folder = diffListFolder(stateFolder);
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const { mtimeMs } = await stat(path);
    if (mtimeMs < nowMs - keptMs) await removeFile(path);
  }
}
