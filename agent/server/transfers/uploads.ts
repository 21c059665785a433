import { KedgeError } from '../../../protocol/failures.ts';
import {
  transferCancel,
  transferCredit,
  transferFinishUpload,
  transferOpenUpload,
} from '../../../protocol/methods/transfer.ts';
import { windowBytes } from '../../../protocol/transfer.ts';
import type { Daemon } from '../daemon.ts';
import { type Handler, handle } from '../handlers/handler.ts';
import { finishUpload } from './finish-upload.ts';
import { receiveArchive, type Upload } from './receive-archive.ts';
import type { Stream, StreamTable } from './stream-table.ts';
import { jobOf, openPlace, placeOf, type UploadPlace } from './upload-places.ts';

type Notify = (method: string, params: unknown) => void;

/** The methods of uploads, for one connection, and the one that ends a transfer of either kind. */
export function uploadHandlers(table: StreamTable, notify: Notify): readonly Handler[] {
  return [
    handle(transferOpenUpload, async (daemon, asked) => {
      const place = placeOf(daemon, asked);
      return await daemon.transfers.inTurn(async () => {
        await refuseTaken(daemon, place);
        return await open(daemon, place, table, notify);
      });
    }),
    handle(transferFinishUpload, async (daemon, { stream, sha256 }) => {
      const { upload, place } = table.ask('upload', stream);
      await upload.finish();
      table.end(stream);
      daemon.transfers.held.delete(place.id);
      return { job: await finishUpload(daemon, place, upload, sha256) };
    }),
    handle(transferCancel, async (daemon, { stream }) => {
      const found = table.get(stream);
      table.end(stream);
      if (found !== undefined) await giveUp(daemon, found);
      return {};
    }),
  ];
}

async function refuseTaken(daemon: Daemon, { id, name }: UploadPlace): Promise<void> {
  const job = jobOf(daemon, id);
  if (job !== undefined) {
    const why = `job ${job} is verifying this very archive`;
    throw new KedgeError('busy', { what: `uploading "${name}"`, why });
  }
  // A connection that is lost is often noticed later here than where it was lost.
  await daemon.transfers.held.get(id)?.();
}

async function open(
  daemon: Daemon,
  place: UploadPlace,
  table: StreamTable,
  notify: Notify,
): Promise<{ stream: number; offset: number; creditBytes: number }> {
  const { held } = daemon.transfers;
  let offset = 0;
  const stream = await table.open(async (number) => {
    const upload = await receiveArchive(await openPlace(place), place.sizeBytes, {
      onWritten: (bytes) => notify(transferCredit.name, { stream: number, bytes }),
      onFault(error) {
        held.delete(place.id);
        table.fail(number, error);
      },
    });
    offset = upload.offset;
    held.set(place.id, async () => await handOver(daemon, table, number, place, upload));
    return { kind: 'upload', upload, place };
  });
  return { stream, offset, creditBytes: windowBytes };
}

async function handOver(
  { transfers }: Daemon,
  table: StreamTable,
  number: number,
  { id, name }: UploadPlace,
  upload: Upload,
): Promise<void> {
  transfers.held.delete(id);
  await upload.leave();
  if (table.get(number) === undefined) return;
  const why = 'it goes on over another connection';
  table.fail(number, new KedgeError('busy', { what: `uploading "${name}"`, why }));
}

async function giveUp({ transfers }: Daemon, stream: Stream): Promise<void> {
  if (stream.kind === 'download') return await stream.download.stop();
  transfers.held.delete(stream.place.id);
  await stream.upload.remove();
}
