import type { Backup } from '../../../protocol/domain/backup.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { removeFile, syncFolder } from '../../os/files.ts';
import { openStore } from '../../stores/stores.ts';
import type { Daemon } from '../daemon.ts';
import { leasedBackups, ofRestores } from '../leases.ts';
import { deletionHeld } from '../retention/deletion-held.ts';
import { discardBackup } from '../retention/discard-backup.ts';
import { unfinishedUploads } from '../transfers/upload-places.ts';
import { olderDifferentials, ownOf } from './space-offers.ts';

interface Cleared {
  readonly removed: readonly string[];
  readonly bytes: number;
}

/** What was uploaded to a store and not finished. Confirmed by how many they are. */
export async function clearUploads(
  daemon: Daemon,
  store: string,
  confirmation: string,
): Promise<Cleared> {
  const { folder } = storeOf(daemon, store);
  return await daemon.transfers.inTurn(async () => {
    const uploads = (await unfinishedUploads(daemon)).filter((upload) => upload.store === store);
    refuseOtherThan(uploads.length, confirmation);
    for (const { path } of uploads) {
      await removeFile(path);
      daemon.log.write('info', `removed "${path}", an upload that was not finished: asked for`);
    }
    if (uploads.length > 0) await syncFolder(folder);
    return cleared(uploads.map(({ path, bytes }) => ({ path, sizeBytes: bytes })));
  });
}

/** This installation's differentials in a store that are older than its newest full. Confirmed by how many they are. */
export async function clearDifferentials(
  daemon: Daemon,
  store: string,
  confirmation: string,
): Promise<Cleared> {
  storeOf(daemon, store);
  const why = deletionHeld(daemon);
  if (why !== undefined) {
    throw new KedgeError('unavailable', { what: 'deleting differentials', why });
  }
  const held = new Set([...leasedBackups(daemon), ...ofRestores(daemon)]);
  const own = ownOf(daemon.backups.all(), daemon.state.installation);
  const older = olderDifferentials(own, store, held);
  refuseOtherThan(older.length, confirmation);
  const gone: Backup[] = [];
  for (const backup of older) {
    await discardBackup(daemon, backup, 'older than the newest full');
    daemon.log.write('info', `deleted ${backup.path}: older than the newest full, asked for`);
    gone.push(backup);
  }
  return cleared(gone);
}

function storeOf(daemon: Daemon, store: string) {
  const settings = daemon.config().stores[store];
  if (settings === undefined) {
    throw new KedgeError('destination-unknown', { store });
  }
  return openStore(store, settings);
}

/** Others have come or gone since it was read what may go. */
function refuseOtherThan(count: number, confirmation: string): void {
  const expected = String(count);
  if (confirmation !== expected) {
    throw new KedgeError('confirmation-wrong', { typed: confirmation, expected });
  }
}

function cleared(all: readonly { readonly path: string; readonly sizeBytes: number }[]): Cleared {
  return {
    removed: all.map(({ path }) => path),
    bytes: all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}
