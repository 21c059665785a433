import type { Progress } from '../../protocol/domain/job.ts';
import { KedgeError } from '../../protocol/failures.ts';
import type { BackupReference } from '../../protocol/methods/backup.ts';
import {
  transferCredit,
  transferFinishDownload,
  transferOpenDownload,
} from '../../protocol/methods/transfer.ts';
import { type TransferFrame, windowBytes } from '../../protocol/transfer.ts';
import type { PartialFile } from '../host/partial-file.ts';
import { transferTexts } from '../texts/texts.ts';
import { callOn } from './call.ts';
import { createInbox } from './inbox.ts';
import type { Link } from './link.ts';
import type { OverLinks } from './over-links.ts';
import { watchStream } from './stream-end.ts';
import { createTransferMeter } from './transfer-meter.ts';

export interface DownloadOptions {
  readonly overLinks: OverLinks;
  readonly backup: BackupReference;
  /** For messages. */
  readonly name: string;
  readonly sizeBytes: number;
  readonly report: (progress: Progress) => void;
  readonly now: () => number;
}

/**
 * Fetches what the file does not have of an archive yet, over as many connections as it takes, and has its
 * SHA-256 compared. A file that turns out to be another one is removed.
 */
export async function download(
  file: PartialFile,
  options: DownloadOptions,
  signal: AbortSignal,
): Promise<string> {
  const { overLinks, backup, name, sizeBytes } = options;
  const meter = createTransferMeter(sizeBytes, options.report, options.now);
  if (file.sizeBytes() > sizeBytes) await file.restart();
  await file.hashWhatIsThere((bytes) => meter(transferTexts.looksAtPart, bytes), signal);
  const expected = await overLinks(async (link, until) => {
    meter(transferTexts.downloads, file.sizeBytes());
    return await fetchRest(link, file, { backup, meter }, until);
  }, signal);
  const found = file.sha256();
  if (found === expected) return found;
  await file.discard();
  const id = backup.kind === 'id' ? backup.id : backup.path;
  throw new KedgeError('download-differs', { name, found, expected, backup: id });
}

interface Fetching {
  readonly backup: BackupReference;
  readonly meter: (step: string, bytesDone: number) => void;
}

/** On one connection, from where the file ends to the archive's end; answers the archive's SHA-256. */
async function fetchRest(
  link: Link,
  file: PartialFile,
  { backup, meter }: Fetching,
  signal: AbortSignal,
): Promise<string> {
  const asked = { backup, offset: file.sizeBytes() };
  const opened = await callOn(link, transferOpenDownload, asked, signal);
  await receive(link, file, { ...opened, meter }, signal);
  // May take as long as reading the archive there: no deadline.
  const { stream } = opened;
  return (await callOn(link, transferFinishDownload, { stream }, signal)).sha256;
}

interface Receiving {
  readonly stream: number;
  readonly sizeBytes: number;
  readonly meter: Fetching['meter'];
}

async function receive(
  link: Link,
  file: PartialFile,
  { stream, sizeBytes, meter }: Receiving,
  signal: AbortSignal,
): Promise<void> {
  const inbox = createInbox<TransferFrame>();
  using end = watchStream(link, signal);
  using _listening = link.streams.listen(stream, { onFrame: inbox.put, onFailed: end.fail });
  const grant = (bytes: number): void => link.notify(transferCredit.name, { stream, bytes });
  if (file.sizeBytes() < sizeBytes) grant(windowBytes);
  while (file.sizeBytes() < sizeBytes) {
    const frame = await inbox.next(end.signal);
    if (frame.offset !== file.sizeBytes()) throw outOfOrder(frame, file);
    await file.append(frame.bytes);
    grant(frame.bytes.length);
    end.moved();
    meter(transferTexts.downloads, file.sizeBytes());
  }
}

function outOfOrder(frame: TransferFrame, file: PartialFile): KedgeError {
  const cause = `byte ${frame.offset} of the archive came where byte ${file.sizeBytes()} was due`;
  return new KedgeError('internal', { cause });
}
