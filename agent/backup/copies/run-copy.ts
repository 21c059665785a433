import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Backup } from '../../../protocol/domain/backup.ts';
import type { CopiedBackup, CopyResult } from '../../../protocol/domain/copy.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import type { Config } from '../../config/config.ts';
import { exists, isSameFile } from '../../os/files.ts';
import type { Work } from '../../os/work.ts';
import { configuredSources } from '../configured-sources.ts';
import { openDestination, storeFolders } from '../destination.ts';
import { hashOfFile } from '../run-verify.ts';
import {
  type CopiedArchive,
  copyArchive,
  type FarEnd,
  foldersOfFulls,
  removePartialCopy,
} from './copy-archive.ts';
import type { CopyDesk, CopyItem, CopyOrder } from './copy-order.ts';
import { copyProgress } from './copy-progress.ts';
import { proveCopy, whyLeftOut } from './prove-copy.ts';
import { refuseWhatWillNotFit } from './refuse-what-will-not-fit.ts';

/** What one copy job works with. */
interface Copying {
  readonly order: CopyOrder;
  readonly far: FarEnd;
  readonly desk: CopyDesk;
  readonly work: Work;
  readonly records: ReadonlyMap<string, Backup>;
  readonly onBytes: (item: CopyItem, done: number) => void;
}

type Copied = CopiedBackup & { readonly outcome: 'copied' | 'already there' };

/**
 * Copies or moves archives: each is written at the far end, read back there, listed, and only then, in a move,
 * is the near one let go of; a full after its differentials. An archive that is damaged is left out; where the
 * far end fails the job does, and what was done stays done.
 */
export async function runCopy(
  order: CopyOrder,
  installation: string,
  config: Config,
  desk: CopyDesk,
  work: Work,
): Promise<CopyResult> {
  const far = await openFarEnd(order, installation, config);
  const { results, faults } = await copyItems(order, far, desk, work);
  // Nothing came of it: that is a failure, and the first says why.
  const isVain = results.every(({ outcome }) => outcome === 'left out');
  if (isVain && faults[0] !== undefined) throw faults[0];
  return sumUp(results);
}

export async function openFarEnd(
  order: CopyOrder,
  installation: string,
  config: Config,
): Promise<FarEnd> {
  const destination = await openDestination(order.to, config, configuredSources(config));
  const folders = foldersOfFulls(destination, order.items, storeFolders(config));
  return { destination, installation, folders };
}

/** `records`: of those that may not be listed here yet, by id. */
export async function copyItems(
  order: CopyOrder,
  far: FarEnd,
  desk: CopyDesk,
  work: Work,
  records: ReadonlyMap<string, Backup> = new Map(),
): Promise<{ readonly results: readonly CopiedBackup[]; readonly faults: readonly unknown[] }> {
  await refuseWhatWillNotFit(order.items, far);
  const copying = { order, far, desk, work, records, onBytes: copyProgress(order.items, work) };
  const results: CopiedBackup[] = [];
  const faults: unknown[] = [];
  for (const chain of chainsOf(order.items)) {
    results.push(...(await copyChain(chain, copying, faults)));
  }
  return { results, faults };
}

/** With the bytes that were written. */
export function sumUp(backups: readonly CopiedBackup[]): CopyResult {
  const written = backups.filter(({ outcome }) => outcome === 'copied' || outcome === 'moved');
  return { backups, bytes: written.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** A full with its differentials behind it; differentials whose full is not among the items by themselves. */
function chainsOf(items: readonly CopyItem[]): readonly (readonly CopyItem[])[] {
  const chains = new Map<string, CopyItem[]>();
  for (const item of items) {
    const key = item.base ?? item.backup;
    const chain = chains.get(key) ?? [];
    chains.set(key, item.base === undefined ? [item, ...chain] : [...chain, item]);
  }
  return [...chains.values()];
}

async function copyChain(
  chain: readonly CopyItem[],
  copying: Copying,
  faults: unknown[],
): Promise<readonly CopiedBackup[]> {
  const results: CopiedBackup[] = [];
  for (const item of chain) {
    try {
      results.push(await copyItem(item, copying));
    } catch (error) {
      const why = whyLeftOut(error);
      if (why === undefined) throw error;
      copying.work.log('error', `"${item.from}" was left out: ${why}`);
      faults.push(error);
      results.push({ ...factsOf(item, copying.far.destination.folder), outcome: 'left out', why });
    }
  }
  if (!copying.order.move) return results;
  // The full last: until then whatever was cut off leaves a chain at one end at least.
  const moved: CopiedBackup[] = [];
  for (const [at, result] of [...results.entries()].toReversed()) {
    const item = chain[at];
    moved.unshift(item === undefined ? result : await letGo(item, result, copying));
  }
  return moved;
}

async function copyItem(item: CopyItem, copying: Copying): Promise<Copied> {
  const { far, work, onBytes } = copying;
  await refuseGone(item);
  const found = await findThere(item, copying);
  const facts = factsOf(item, found?.path ?? '');
  if (found !== undefined) {
    await removePartialCopy(item, far);
    await tell(item, found, copying);
    return { ...facts, outcome: 'already there' };
  }
  const made = await copyArchive(item, far, work, (done) => onBytes(item, done));
  await tell(item, made, copying);
  work.log('info', `copied "${item.from}" to "${made.path}", and verified it there`);
  return { ...facts, to: made.path, outcome: 'copied' };
}

/** Since it was asked for, or in an earlier run of the same job. */
async function refuseGone({ from }: CopyItem): Promise<void> {
  if (await exists(from)) return;
  const why = 'its file is not there any more';
  throw new KedgeError('unavailable', { what: `"${from}"`, why });
}

/**
 * What lies there already: as the list says, or under the same name with the same bytes, where it was copied
 * since. In a move it is read first, as nothing else will be left.
 */
async function findThere(item: CopyItem, copying: Copying): Promise<CopiedArchive | undefined> {
  const { order, work, far } = copying;
  const { from, sha256: knownSha256 } = item;
  const there = item.there ?? (await sameName(item, far, work));
  if (there === undefined) return undefined;
  if (!order.move) return { path: there, proof: {} };
  try {
    work.progress(`compare ${basename(there)}`, 0, 0);
    const sha256 = await hashOfFile(from, work.signal);
    const near = { path: from, sha256, knownSha256 };
    return { path: there, proof: await proveCopy(there, near, far.folders, work) };
  } catch (error) {
    const why = whyLeftOut(error);
    if (why === undefined) throw error;
    work.log('warning', `"${there}" is not used, it is copied anew: ${why}`);
    return undefined;
  }
}

async function sameName(
  { from, sizeBytes }: CopyItem,
  { destination }: FarEnd,
  work: Work,
): Promise<string | undefined> {
  const path = join(destination.folder, basename(from));
  const size = await stat(path).then(
    (found) => found.size,
    () => undefined,
  );
  if (size !== sizeBytes) return undefined;
  if (await isSameFile(from, path)) {
    const why = `"${path}" is the same file`;
    throw new KedgeError('unavailable', { what: `copying "${from}"`, why });
  }
  const [near, far] = [await hashOfFile(from, work.signal), await hashOfFile(path, work.signal)];
  return near === far ? path : undefined;
}

async function tell(
  { backup }: CopyItem,
  { path, proof }: CopiedArchive,
  { far, desk, records }: Copying,
): Promise<void> {
  const { store } = far.destination;
  const record = records.get(backup);
  await desk.copied({
    backup,
    path,
    proof,
    ...(store === undefined ? {} : { store }),
    ...(record === undefined ? {} : { record }),
  });
}

async function letGo(
  item: CopyItem,
  result: CopiedBackup,
  { desk, work }: Copying,
): Promise<CopiedBackup> {
  if (result.outcome === 'left out' || item.stays === true) return result;
  const why = await desk.letGo(item.backup, item.from, result.to);
  if (why === undefined) {
    work.log('info', `removed "${item.from}", it lies at "${result.to}" now`);
    return { ...result, outcome: 'moved' };
  }
  work.log('warning', `"${item.from}" stays: ${why}`);
  return { ...result, why };
}

function factsOf({ backup, from, sizeBytes: bytes }: CopyItem, to: string) {
  return { backup, from, to, bytes };
}
