import { open } from 'node:fs/promises';
import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import { hashFile } from '../../os/hash-file.ts';
import type { Work } from '../../os/work.ts';
import { runVerify } from '../run-verify.ts';
import type { MadeCopy } from './copy-order.ts';

/** What is known of the file at the near end. */
export interface NearFile {
  readonly path: string;
  /** As it was read now. */
  readonly sha256: string;
  /** As it was verified once; absent: it never was, or it is not known here. */
  readonly knownSha256?: string | undefined;
}

/** What was proven of a copy, to be said of its backup. */
export type CopyProof = MadeCopy['proof'];

/**
 * Reads a copy back at the far end: every frame and member, and the SHA-256 of the file, which must be that of
 * the near one. One that no key here opens is held against the hash that it was verified with. Failures name the
 * near file, as the far one may bear a hidden name.
 */
export async function proveCopy(
  path: string,
  near: NearFile,
  folders: readonly string[],
  work: Work,
): Promise<CopyProof> {
  try {
    const found = await runVerify(path, work, folders);
    refuseOther(near, found.sha256, near.sha256);
    const { integrity, integrityProblem, indexSha256, sha256 } = found;
    const index = indexSha256 === undefined ? {} : { indexSha256 };
    return {
      proof: { kind: 'verified', atMs: Date.now(), ...index },
      integrity,
      sha256,
      ...(integrityProblem === undefined ? {} : { integrityProblem }),
    };
  } catch (error) {
    if (!isLocked(error)) throw naming(error, path, near.path);
    return await compareLocked(path, near, work, error);
  }
}

async function compareLocked(
  path: string,
  near: NearFile,
  work: Work,
  locked: unknown,
): Promise<CopyProof> {
  if (near.knownSha256 === undefined) throw naming(locked, path, near.path);
  refuseOther(near, near.sha256, near.knownSha256);
  await using file = await open(path, 'r');
  refuseOther(near, await hashFile(file, work.signal), near.sha256);
  return {};
}

function refuseOther({ path }: NearFile, found: string, expected: string): void {
  if (found === expected) return;
  const problem = `the SHA-256 is ${found} where ${expected} is expected`;
  throw new KedgeError('archive-damaged', { path, problem });
}

function isLocked(error: unknown): boolean {
  const { code } = failureOf(error);
  return code === 'key-missing' || code === 'passphrase-missing';
}

/** The same failure about the file that the user knows. */
function naming(error: unknown, path: string, near: string): unknown {
  if (!(error instanceof KedgeError)) return error;
  const { code, params } = error.failure;
  if (params['path'] !== path) return error;
  return new KedgeError(code, { ...params, path: near }, { cause: error });
}

/** Failures of one archive that leave the others to be copied. */
const ofTheArchive: ReadonlySet<string> = new Set([
  'archive-damaged',
  'archive-newer',
  'archive-not-ours',
  'base-missing',
  'key-missing',
  'passphrase-missing',
  'unavailable',
]);

/** Why an archive is left out, in words; undefined: the fault is not its own. */
export function whyLeftOut(error: unknown): string | undefined {
  const failure = failureOf(error);
  return ofTheArchive.has(failure.code) ? wordFailure(failure).message : undefined;
}
