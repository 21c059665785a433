import { basename } from 'node:path';
import {
  transferFinishDownload,
  transferOpenDownload,
} from '../../../protocol/methods/transfer.ts';
import { hashFile } from '../../os/hash-file.ts';
import { type Handler, handle } from '../handlers/handler.ts';
import { refuseAway } from '../refuse-away.ts';
import { sendArchive } from './send-archive.ts';
import type { StreamTable } from './stream-table.ts';

/** The methods of downloads, for one connection. */
export function downloadHandlers(
  table: StreamTable,
  send: (frame: Uint8Array) => Promise<void>,
): readonly Handler[] {
  return [
    handle(transferOpenDownload, async (daemon, { backup, offset }) => {
      const { id, path, sha256 } = await refuseAway(await daemon.backups.resolve(backup));
      let sizeBytes = 0;
      const stream = await table.open(async (number) => {
        const onFault = (error: unknown): void => {
          table.fail(number, error);
          void download.stop();
        };
        const download = await sendArchive({ path, stream: number, offset, send, onFault });
        sizeBytes = download.sizeBytes;
        return { kind: 'download', download, sha256 };
      }, id);
      return { stream, backup: id, name: basename(path), sizeBytes };
    }),
    handle(transferFinishDownload, async (_daemon, { stream }, signal) => {
      const { download, sha256 } = table.ask('download', stream);
      const answer = sha256 ?? (await hashFile(download.file, signal));
      table.end(stream);
      await download.stop();
      return { sha256: answer };
    }),
  ];
}
