import { dirname } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { windowBytes } from '../../../protocol/transfer.ts';
import { namingSpace } from '../../backup/space.ts';
import { writeAt } from '../../os/files.ts';
import { inTurn } from '../../os/in-turn.ts';
import type { PendingArchive } from '../../stores/store.ts';

export interface Upload {
  readonly path: string;
  /** Bytes that were there when it was opened. */
  readonly offset: number;
  /** Answers what is wrong with a frame; the connection that sent it is not worth going on with. */
  take(offset: number, bytes: Uint8Array): string | undefined;
  /** All bytes must have come; they are written when this settles, and the file is let go. */
  finish(): Promise<void>;
  /** Lets go of it; what was written stays, to go on with. */
  leave(): Promise<void>;
  remove(): Promise<void>;
}

export interface UploadEvents {
  /** So many more bytes may come. */
  readonly onWritten: (bytes: number) => void;
  /** It could not be written, and is removed. */
  readonly onFault: (error: unknown) => void;
}

/** Writes what comes, in order. At most a window of bytes waits here: more is more than its credit. */
export async function receiveArchive(
  pending: PendingArchive,
  sizeBytes: number,
  events: UploadEvents,
): Promise<Upload> {
  const { file, path } = pending;
  const { size: offset } = await file.stat();
  const oneAtATime = inTurn();
  let received = offset;
  let allowed = windowBytes;
  let ended = false;

  const write = async (bytes: Uint8Array, at: number): Promise<void> => {
    if (ended) return;
    await writeAt(file, path, bytes, at);
    if (ended) return;
    allowed += bytes.length;
    events.onWritten(bytes.length);
  };
  const fail = async (error: unknown): Promise<void> => {
    if (ended) return;
    ended = true;
    const reason = await namingSpace(error, dirname(path), received).catch(() => error);
    try {
      await pending[Symbol.asyncDispose]();
    } finally {
      events.onFault(reason);
    }
  };
  const end = async (): Promise<void> => {
    ended = true;
    await oneAtATime(async () => undefined);
  };

  return {
    path,
    offset,
    take(at, bytes) {
      if (ended) return undefined;
      if (at !== received) return `byte ${at} came where byte ${received} was due`;
      if (bytes.length > allowed) return 'more came than there was credit for';
      if (received + bytes.length > sizeBytes) return 'more came than was announced';
      received += bytes.length;
      allowed -= bytes.length;
      oneAtATime(async () => await write(bytes, at))
        .catch(fail)
        // What can't even be removed is abandoned, and removed later.
        .catch(() => undefined);
      return undefined;
    },
    async finish() {
      if (received !== sizeBytes) {
        const problem = `${received} of ${sizeBytes} bytes have come`;
        throw new KedgeError('bad-argument', { what: 'the end of the upload', problem });
      }
      await oneAtATime(async () => undefined);
      if (ended) throw new KedgeError('unavailable', { what: 'the upload', why: 'it has failed' });
      await end();
      await file.close();
    },
    async leave() {
      await end();
      await file.close();
    },
    async remove() {
      await end();
      await pending[Symbol.asyncDispose]();
    },
  };
}
