import { join } from 'node:path';
import { ageOutput } from '../archive/age/age-output.ts';
import { type Lock, noKeys } from '../archive/age/lock.ts';
import { type ArchiveOutput, fileOutput } from '../archive/archive-output.ts';
import type { Keys, Work } from '../os/work.ts';
import type { PendingArchive } from '../stores/store.ts';

/** Where a pending archive is written to. */
export interface OpenOutput {
  readonly output: ArchiveOutput;
  /** What is spooled lies at names that begin so. */
  readonly spool: string;
  /** They open what was written, and nothing else. */
  readonly keys: Keys;
}

export async function openOutput(
  { file, path }: PendingArchive,
  lock: Lock | undefined,
  work: Work,
): Promise<OpenOutput> {
  // Of an encrypted one it may be all that is ever known here.
  const plain = fileOutput(file, path, lock !== undefined);
  if (lock === undefined) return { output: plain, spool: path, keys: noKeys };
  const output = await ageOutput(plain, lock);
  // What is spooled is in the clear: it stays on this machine, where the sources are too.
  const spool = join(work.scratch, 'spool');
  return { output, spool, keys: { ...noKeys, fileKey: output.fileKey } };
}
