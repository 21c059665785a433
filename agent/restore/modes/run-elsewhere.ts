import { dirname, join } from 'node:path';
import type { RestorePlan, RestoreResult } from '../../../protocol/domain/restore.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import type { Chain } from '../../chain/chain.ts';
import { makeFolder, removeTree, rename, syncFolder } from '../../os/files.ts';
import { makeNewFolder } from '../../os/make-entries.ts';
import { realPathOf } from '../../os/real-path.ts';
import { syncFileSystem } from '../../os/sync-tree.ts';
import type { Work } from '../../os/work.ts';
import { extractTree } from '../../sources/files/extract-tree.ts';
import { unpackedChecks } from '../../sources/restore-kinds.ts';
import type { RestoreContext } from '../restore-context.ts';
import { elsewhereSources, type Unpackable } from './elsewhere-sources.ts';
import { folderProblem } from './folder-problem.ts';

/** Beside the folder, so that a rename puts it there whole. */
export function elsewhereStaging(folder: string, job: number): string {
  return join(dirname(folder), `.kedge-${job}-elsewhere`);
}

/**
 * Unpacks what a plan asks for into a folder, each source as it stands in the backup, and checks it. The
 * folder is there with all in it, or nothing is: not even a crash leaves a half.
 */
export async function runElsewhere(
  order: { readonly plan: RestorePlan; readonly folder: string },
  archive: Chain,
  context: RestoreContext,
  work: Work,
): Promise<RestoreResult> {
  const { plan } = order;
  const folder = await realPathOf(order.folder);
  const { sources, obstacles } = await elsewhereSources(archive, plan, plan.backup);
  const problem = await folderProblem(folder, context);
  const why = [...obstacles, ...(problem === undefined ? [] : [problem])].join('; ');
  if (why !== '') throw new KedgeError('restore-refused', { why });
  const staging = elsewhereStaging(folder, work.job);
  await makeFolder(dirname(folder), 0o755);
  await removeTree(staging);
  try {
    const notes = await unpackAll(sources, staging, work);
    work.progress('make all durable', 0, 0);
    await syncFileSystem(staging);
    work.signal.throwIfAborted();
    await putInPlace(staging, folder);
    return { outcome: 'unpacked', backup: plan.backup.id, folder, downtimeMs: 0, notes };
  } catch (error) {
    await removeTree(staging);
    throw error;
  }
}

async function unpackAll(sources: readonly Unpackable[], staging: string, work: Work) {
  await makeNewFolder(staging);
  const notes: string[] = [];
  const total = sources.reduce((sum, { bytes }) => sum + bytes, 0);
  let done = 0;
  for (const { name, engine, archived } of sources) {
    const report = (bytes: number) => {
      done += bytes;
      work.progress(`unpack and check ${name}`, done, total);
    };
    report(0);
    const root = join(staging, name);
    notes.push(...(await extractTree(archived, root, work.signal, report)));
    await unpackedChecks[engine]?.(archived, root);
  }
  return notes;
}

/** An empty folder gives way; a rename refuses anything else that has come there meanwhile. */
async function putInPlace(staging: string, folder: string): Promise<void> {
  await rename(staging, folder);
  await syncFolder(dirname(folder));
}
