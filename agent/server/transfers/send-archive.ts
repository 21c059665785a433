import { type FileHandle, open } from 'node:fs/promises';
import { createCredit } from '../../../protocol/credit.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { createFrameBuffer, maxPayloadBytes, windowBytes } from '../../../protocol/transfer.ts';
import { errorMessage } from '../../os/error-code.ts';

export interface Download {
  readonly file: FileHandle;
  readonly sizeBytes: number;
  grant(bytes: number): void;
  stop(): Promise<void>;
}

export interface DownloadOptions {
  readonly path: string;
  readonly stream: number;
  /** Where to begin, bytes. */
  readonly offset: number;
  /** Settles when the connection has passed the frame on to the system. */
  readonly send: (frame: Uint8Array) => Promise<void>;
  /** The archive could not be read to its end. */
  readonly onFault: (error: unknown) => void;
}

/**
 * Sends an archive as far as there is credit. The next piece is read when the one before has left this
 * process, so however slow the other side reads, one frame is all that is held.
 */
export async function sendArchive(options: DownloadOptions): Promise<Download> {
  const { path, offset } = options;
  const file = await open(path, 'r').catch((error: unknown) => {
    throw unreadable(path, error);
  });
  const { size } = await file.stat();
  if (offset > size) {
    await file.close();
    const problem = `${offset} lies behind the end of the archive, which has ${size} bytes`;
    throw new KedgeError('bad-argument', { what: 'offset', problem });
  }
  const credit = createCredit(0, windowBytes);
  const stopping = new AbortController();
  const sending = pump(options, file, size, credit, stopping.signal);
  const ended = sending.catch((error: unknown) => {
    if (!stopping.signal.aborted) options.onFault(error);
  });
  return {
    file,
    sizeBytes: size,
    grant: (bytes) => credit.grant(bytes),
    async stop() {
      stopping.abort();
      await ended;
      await file.close();
    },
  };
}

async function pump(
  { path, stream, offset: from, send }: DownloadOptions,
  file: FileHandle,
  size: number,
  credit: ReturnType<typeof createCredit>,
  signal: AbortSignal,
): Promise<void> {
  const frame = createFrameBuffer();
  for (let offset = from; offset < size; ) {
    const length = await credit.take(Math.min(maxPayloadBytes, size - offset), signal);
    await fill(file, path, frame.payload.subarray(0, length), offset);
    signal.throwIfAborted();
    await send(frame.seal(stream, offset, length));
    offset += length;
  }
}

async function fill(file: FileHandle, path: string, into: Uint8Array, from: number): Promise<void> {
  for (let done = 0; done < into.length; ) {
    const { bytesRead } = await file
      .read(into, done, into.length - done, from + done)
      .catch((error: unknown) => {
        throw unreadable(path, error);
      });
    if (bytesRead === 0) throw unreadable(path, new Error('it has become shorter'));
    done += bytesRead;
  }
}

function unreadable(path: string, error: unknown): KedgeError {
  const params = { operation: 'read', path, cause: errorMessage(error) };
  return new KedgeError('io-failed', params, { cause: error });
}
