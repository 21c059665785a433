import { KedgeError } from '../../../protocol/failures.ts';
import { describeArchive } from '../../backup/describe-archive.ts';
import { keysOf } from '../../keys/keys-of.ts';
import type { Daemon } from '../daemon.ts';
import type { Upload } from './receive-archive.ts';
import type { UploadPlace } from './upload-places.ts';

/** All bytes are here: a job verifies them, names them and so makes a backup of them. Answers its number. */
export async function finishUpload(
  daemon: Daemon,
  place: UploadPlace,
  upload: Upload,
  sha256: string,
): Promise<number> {
  await refuseKnown(daemon, place, upload);
  const { id, store, name } = place;
  return daemon.jobs.submit({
    kind: 'transfer',
    title: `upload of ${name}`,
    command: `kedge backup upload '${name}' --to ${store.name}`,
    origin: 'manual',
    order: {
      kind: 'transfer',
      upload: id,
      store: store.name,
      folder: store.folder,
      name,
      sha256,
    },
  }).id;
}

/** A second copy would not be listed beside the first, only take its room. */
async function refuseKnown(daemon: Daemon, place: UploadPlace, upload: Upload): Promise<void> {
  // What can't be read is refused by the job, which says why.
  const keys = await keysOf(daemon.places.state);
  const found = await describeArchive(upload.path, place.store.name, keys).catch(() => undefined);
  const known = found === undefined ? undefined : daemon.backups.get(found.id);
  if (known?.presence !== 'present') return;
  await upload.remove();
  const { id, path } = known;
  throw new KedgeError('backup-known', { name: place.name, backup: id, path });
}
