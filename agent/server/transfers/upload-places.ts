import { KedgeError } from '../../../protocol/failures.ts';
import { manualArchiveName } from '../../backup/archive-name.ts';
import { largestFileIn } from '../../backup/destination.ts';
import { refuseTooLarge, refuseWithoutSpace } from '../../backup/space.ts';
import { JobOrder } from '../../jobs/job-order.ts';
import { removeFile } from '../../os/files.ts';
import { listPartials, partialName } from '../../stores/local/partials.ts';
import type { PendingArchive, Store } from '../../stores/store.ts';
import { openStore } from '../../stores/stores.ts';
import type { Daemon } from '../daemon.ts';

/** An upload as it was asked for, with names that are safe to use. */
export interface UploadPlace {
  /** Under which the store has it until it is verified; no other installation uses it. */
  readonly id: string;
  readonly store: Store;
  readonly name: string;
  readonly sizeBytes: number;
}

export interface AskedUpload {
  readonly name: string;
  readonly sizeBytes: number;
  readonly key: string;
  readonly store?: string | undefined;
}

/** What was uploaded and not finished is kept this long after its last byte came. */
const keptMs = 24 * 3_600_000;

export function placeOf(daemon: Daemon, asked: AskedUpload): UploadPlace {
  const { stores } = daemon.config();
  const wanted = asked.store ?? Object.keys(stores)[0] ?? '';
  const settings = stores[wanted];
  if (settings === undefined) {
    throw new KedgeError('destination-unknown', { store: wanted });
  }
  const name = manualArchiveName(asked.name, asked.name.trim().toLowerCase().endsWith('.age'));
  if (name === undefined) {
    throw new KedgeError('bad-argument', {
      what: 'name',
      problem: `"${asked.name}" names no file`,
    });
  }
  const id = `${beginning(daemon)}${asked.key}`;
  return { id, store: openStore(wanted, settings), name, sizeBytes: asked.sizeBytes };
}

/** Goes on with what is there of it, or begins; refuses what will not fit. */
export async function openPlace(place: UploadPlace): Promise<PendingArchive> {
  const { id, store, sizeBytes } = place;
  const there = await store.resume(id);
  try {
    const have = there === undefined ? 0 : (await there.file.stat()).size;
    if (there !== undefined && have > sizeBytes) await there.file.truncate(0);
    const bytes = have > sizeBytes ? sizeBytes : sizeBytes - have;
    const maxFileBytes = await largestFileIn(store);
    refuseTooLarge({ folder: store.folder, maxFileBytes }, sizeBytes, `"${place.name}"`);
    await refuseWithoutSpace([{ folder: store.folder, bytes }]);
  } catch (error) {
    await there?.file.close();
    throw error;
  }
  return there ?? (await store.put(id));
}

/** Its job, where what was uploaded is being verified. */
export function jobOf(daemon: Daemon, id: string): number | undefined {
  const orders = daemon.state.jobs.unfinished().map(({ job, order }) => ({
    job: job.id,
    order: JobOrder.safeParse(order),
  }));
  return orders.find(
    ({ order }) => order.success && order.data.kind === 'transfer' && order.data.upload === id,
  )?.job;
}

/** What was uploaded, not finished, and not gone on with for a day, in the stores that can be reached. */
export async function removeAbandonedUploads(daemon: Daemon): Promise<void> {
  const stores = Object.entries(daemon.configFile.inForce()?.stores ?? {});
  for (const [name, settings] of stores) {
    const store = openStore(name, settings);
    if ((await store.state()).kind !== 'online') continue;
    await daemon.transfers.inTurn(async () => await removeOld(daemon, store.folder));
  }
}

/** What of uploads lies in the stores that can be reached and is not gone on with now. */
export async function unfinishedUploads(
  daemon: Daemon,
): Promise<readonly { readonly store: string; readonly path: string; readonly bytes: number }[]> {
  const held = new Set([...daemon.transfers.held.keys()].map(partialName));
  const found: { store: string; path: string; bytes: number }[] = [];
  for (const [name, settings] of Object.entries(daemon.configFile.inForce()?.stores ?? {})) {
    const store = openStore(name, settings);
    if ((await store.state()).kind !== 'online') continue;
    for (const one of await listPartials(store.folder, beginning(daemon))) {
      if (held.has(one.name) || isVerified(daemon, one.name)) continue;
      found.push({ store: name, path: one.path, bytes: one.sizeBytes });
    }
  }
  return found;
}

async function removeOld(daemon: Daemon, folder: string): Promise<void> {
  const held = new Set([...daemon.transfers.held.keys()].map(partialName));
  for (const { name, path, modifiedMs } of await listPartials(folder, beginning(daemon))) {
    const isOld = daemon.now() - modifiedMs > keptMs;
    if (!isOld || held.has(name) || isVerified(daemon, name)) continue;
    await removeFile(path);
    daemon.log.write('info', `removed "${path}": its upload was not finished within a day`);
  }
}

function isVerified(daemon: Daemon, name: string): boolean {
  const id = name.replace(/^\.kedge-(.*)\.partial$/, '$1');
  return jobOf(daemon, id) !== undefined;
}

/** Stores may be shared: only uploads to this installation begin so. */
function beginning(daemon: Daemon): string {
  return `upload-${daemon.state.installation.slice(0, 8)}-`;
}
