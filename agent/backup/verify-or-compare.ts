import { open } from 'node:fs/promises';
import type { VerifyResult } from '../../protocol/domain/job.ts';
import { failureOf, KedgeError } from '../../protocol/failures.ts';
import { hashFile } from '../os/hash-file.ts';
import type { Work } from '../os/work.ts';
import { runVerify } from './run-verify.ts';

/** What was found when an archive was verified by the key of its making. */
export interface KnownArchive {
  readonly backup: string;
  readonly sha256: string;
  readonly members: number;
  readonly contentBytes: number;
  readonly integrity: 'ok' | 'damaged';
  readonly integrityProblem?: string | undefined;
}

/** Verifies an archive; one that no key here opens is held against the hash that it was verified with. */
export async function verifyOrCompare(
  path: string,
  known: KnownArchive | undefined,
  work: Work,
  stores: readonly string[],
): Promise<VerifyResult> {
  try {
    return await runVerify(path, work, stores);
  } catch (error) {
    if (known === undefined || !isLocked(error)) throw error;
    return await compare(path, known, work);
  }
}

function isLocked(error: unknown): boolean {
  const { code } = failureOf(error);
  return code === 'key-missing' || code === 'passphrase-missing';
}

async function compare(path: string, known: KnownArchive, work: Work): Promise<VerifyResult> {
  work.log('info', 'no key here opens it: it is read and compared with the hash of its making');
  work.progress('compare', 0, 0);
  await using file = await open(path, 'r');
  const sha256 = await hashFile(file, work.signal);
  if (sha256 !== known.sha256) {
    const problem = `its SHA-256 is ${sha256}, and was ${known.sha256} when it was made`;
    throw new KedgeError('archive-damaged', { path, problem });
  }
  const { integrityProblem, ...facts } = known;
  const problem = integrityProblem === undefined ? {} : { integrityProblem };
  return { path, ...facts, ...problem, frames: 0, compared: true };
}
