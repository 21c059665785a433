import { basename, dirname } from 'node:path';
import { failureOf } from '../../../protocol/failures.ts';
import type { Work } from '../../os/work.ts';
import type { PendingArchive } from '../../stores/store.ts';
import type { OpenDestination } from '../destination.ts';
import { namingSpace } from '../space.ts';
import type { CopyItem } from './copy-order.ts';
import { fillCopy } from './partial-copy.ts';
import { type CopyProof, proveCopy, whyLeftOut } from './prove-copy.ts';

/** Where copies of one job go, and what it may look in for the full of a differential. */
export interface FarEnd {
  readonly destination: OpenDestination;
  readonly installation: string;
  readonly folders: readonly string[];
}

/** A copy that lies at the far end under its name. */
export interface CopiedArchive {
  readonly path: string;
  readonly proof: CopyProof;
}

/** The name of a partial copy: that of no other installation, as stores may be shared, and of no other archive. */
export function partialCopyId(installation: string, backup: string): string {
  return `${partialCopies(installation)}${backup}`;
}

/** How all of them begin. */
export function partialCopies(installation: string): string {
  return `copy-${installation.slice(0, 8)}-`;
}

/**
 * Copies one archive to the far end: goes on with what is there of it, reads it back, and only then gives it its
 * name. After a cut, a cancel or an error of the drive what was copied stays under its hidden name, to go on
 * with; what turned out to be wrong, or did not fit, is removed.
 */
export async function copyArchive(
  item: CopyItem,
  far: FarEnd,
  work: Work,
  onBytes: (done: number, total: number) => void,
): Promise<CopiedArchive> {
  const { destination } = far;
  const pending = await openPartial(item, far);
  try {
    return await fillAndCommit(item, pending, far, work, onBytes);
  } catch (error) {
    const named = await namingSpace(error, destination.folder, item.sizeBytes).catch(() => error);
    if (isWorthless(named)) {
      await pending[Symbol.asyncDispose]();
    } else {
      await pending.file.close();
      const where = `"${destination.folder}" under a hidden name`;
      work.log(
        'info',
        `what was copied of "${item.from}" stays in ${where}: the same command goes on`,
      );
    }
    throw named;
  }
}

async function openPartial(
  { backup }: CopyItem,
  { destination, installation }: FarEnd,
): Promise<PendingArchive> {
  const id = partialCopyId(installation, backup);
  const there = await destination.resume(id);
  if (there !== undefined) {
    if ((await there.file.stat()).nlink === 1) return there;
    // A cut while it got its name left it both: what bears the name is not to be written to.
    await there[Symbol.asyncDispose]();
  }
  return await destination.put(id).catch(async (error: unknown) => {
    throw await namingSpace(error, destination.folder, 0);
  });
}

/** Of one that is there under its name: what an earlier try left besides is of no use. */
export async function removePartialCopy(
  { backup }: CopyItem,
  { destination, installation }: FarEnd,
): Promise<void> {
  const partial = await destination.resume(partialCopyId(installation, backup));
  await partial?.[Symbol.asyncDispose]();
}

async function fillAndCommit(
  item: CopyItem,
  pending: PendingArchive,
  { folders }: FarEnd,
  work: Work,
  onBytes: (done: number, total: number) => void,
): Promise<CopiedArchive> {
  const { from, sha256: knownSha256 } = item;
  const sha256 = await fillCopy(from, pending, work, onBytes);
  let proof: CopyProof = {};
  const path = await pending.commit(basename(from), async (partial) => {
    proof = await proveCopy(partial, { path: from, sha256, knownSha256 }, folders, work);
  });
  await pending[Symbol.asyncDispose]();
  return { path, proof };
}

function isWorthless(error: unknown): boolean {
  const { code } = failureOf(error);
  return whyLeftOut(error) !== undefined || code === 'no-space' || code === 'file-too-large';
}

/** Folders in which the full of a differential may lie: where it is going, where it comes from, and all stores. */
export function foldersOfFulls(
  destination: OpenDestination,
  items: readonly Pick<CopyItem, 'from'>[],
  stores: readonly string[],
): readonly string[] {
  return [...new Set([destination.folder, ...items.map(({ from }) => dirname(from)), ...stores])];
}
