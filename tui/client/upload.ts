import { randomUUID } from 'node:crypto';
import { createCredit } from '../../protocol/credit.ts';
import type { Progress } from '../../protocol/domain/job.ts';
import { failureOf } from '../../protocol/failures.ts';
import {
  transferCancel,
  transferFinishUpload,
  transferOpenUpload,
} from '../../protocol/methods/transfer.ts';
import { createFrameBuffer, maxPayloadBytes, windowBytes } from '../../protocol/transfer.ts';
import type { ArchiveFile } from '../host/archive-file.ts';
import { transferTexts } from '../texts/texts.ts';
import { callOn } from './call.ts';
import type { Call } from './client.ts';
import type { Link } from './link.ts';
import type { OverLinks } from './over-links.ts';
import { watchStream } from './stream-end.ts';
import { createTransferMeter } from './transfer-meter.ts';

export interface UploadOptions {
  readonly call: Call;
  readonly overLinks: OverLinks;
  readonly store?: string | undefined;
  readonly report: (progress: Progress) => void;
  readonly now: () => number;
}

/** A cancel is told to Kedge within this, or it finds out in a day. */
const cancelMs = 5_000;

/**
 * Sends a file, over as many connections as it takes; answers the job that verifies it. When the signal
 * aborts, nothing of it is kept there.
 */
export async function upload(
  file: ArchiveFile,
  options: UploadOptions,
  signal: AbortSignal,
): Promise<number> {
  const meter = createTransferMeter(file.sizeBytes, options.report, options.now);
  for (;;) {
    const stream = await options.overLinks(
      async (link, until) => await sendRest(link, file, { options, meter }, until),
      signal,
    );
    const job = await finish(options.call, stream, file.sha256(), signal);
    if (job !== undefined) return job;
  }
}

/** Undefined: the connection was cut in between, and the stream is to be opened once more. */
async function finish(
  call: Call,
  stream: number,
  sha256: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    return (await call(transferFinishUpload, { stream, sha256 }, signal)).job;
  } catch (error) {
    if (failureOf(error).code === 'not-found') return undefined;
    throw error;
  }
}

interface Sending {
  readonly options: UploadOptions;
  readonly meter: (step: string, bytesDone: number) => void;
}

/** On one connection, from where Kedge has it to the end; answers the stream. */
async function sendRest(
  link: Link,
  file: ArchiveFile,
  { options, meter }: Sending,
  signal: AbortSignal,
): Promise<number> {
  const { store } = options;
  const asked = {
    requestId: randomUUID(),
    name: file.name,
    sizeBytes: file.sizeBytes,
    key: file.key,
    ...(store === undefined ? {} : { store }),
  };
  const opened = await callOn(link, transferOpenUpload, asked, signal);
  const { stream } = opened;
  const credit = createCredit(opened.creditBytes, windowBytes);
  using end = watchStream(link, signal);
  const onCredit = (bytes: number): void => {
    credit.grant(bytes);
    end.moved();
  };
  using _listening = link.streams.listen(stream, { onCredit, onFailed: end.fail });
  try {
    await file.hashUpTo(opened.offset, end.signal);
    const frame = createFrameBuffer();
    for (let offset = opened.offset; offset < file.sizeBytes; ) {
      meter(transferTexts.uploads, offset);
      const most = Math.min(maxPayloadBytes, file.sizeBytes - offset);
      const length = await credit.take(most, end.signal);
      await file.read(offset, frame.payload.subarray(0, length));
      await link.sendBytes(frame.seal(stream, offset, length));
      offset += length;
    }
    meter(transferTexts.uploads, file.sizeBytes);
    return stream;
  } catch (error) {
    if (signal.aborted) await cancel(options.call, stream);
    throw error;
  }
}

async function cancel(call: Call, stream: number): Promise<void> {
  await call(transferCancel, { stream }, AbortSignal.timeout(cancelMs)).catch(() => undefined);
}
