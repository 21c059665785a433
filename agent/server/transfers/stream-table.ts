import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import { transferFailed } from '../../../protocol/methods/transfer.ts';
import { maxStreams } from '../../../protocol/transfer.ts';
import type { Daemon } from '../daemon.ts';
import type { Upload } from './receive-archive.ts';
import type { Download } from './send-archive.ts';
import type { UploadPlace } from './upload-places.ts';

export type Stream =
  | {
      readonly kind: 'download';
      readonly download: Download;
      /** Of the archive, where it is known without reading it. */
      readonly sha256: string | undefined;
    }
  | { readonly kind: 'upload'; readonly upload: Upload; readonly place: UploadPlace };

/** The open streams of one connection, by number. */
export interface StreamTable {
  /** Makes a stream under a new number, and answers the number. Fails with busy where there are too many. */
  open(make: (number: number) => Promise<Stream>, backup?: string): Promise<number>;
  get(number: number): Stream | undefined;
  /** The stream of that kind; fails with not-found. */
  ask<K extends Stream['kind']>(kind: K, number: number): Extract<Stream, { kind: K }>;
  /** Whether that number was given to an upload, and frames of it may still be under way. */
  wasUpload(number: number): boolean;
  /** Takes it off; what is behind it is the caller's business. */
  end(number: number): void;
  /** Takes it off and tells the client why. */
  fail(number: number, error: unknown): void;
  close(): void;
}

export function createStreamTable(
  daemon: Daemon,
  notify: (method: string, params: unknown) => void,
): StreamTable {
  const streams = new Map<number, Stream>();
  /** Also of those that are being opened. */
  const places = new Map<number, Disposable>();
  const uploads = new Set<number>();
  let closed = false;

  const end = (number: number): void => {
    streams.delete(number);
    places.get(number)?.[Symbol.dispose]();
    places.delete(number);
  };
  const letGo = async (stream: Stream): Promise<void> => {
    await (stream.kind === 'download' ? stream.download.stop() : stream.upload.leave());
  };
  const letGoSafely = (stream: Stream): void => {
    letGo(stream).catch((error: unknown) => {
      daemon.log.write('warning', `a transfer: ${wordFailure(failureOf(error)).message}`);
    });
  };
  const make = async (
    number: number,
    maker: (number: number) => Promise<Stream>,
  ): Promise<Stream> => {
    const stream = await maker(number).catch((error: unknown) => {
      end(number);
      throw error;
    });
    if (!closed) return stream;
    await letGo(stream);
    throw new KedgeError('cancelled');
  };

  return {
    async open(maker, backup) {
      if (places.size >= maxStreams) {
        const why = `this connection has ${maxStreams} under way`;
        throw new KedgeError('busy', { what: 'one more transfer', why });
      }
      const place = daemon.transfers.enter(backup);
      const number = daemon.transfers.nextStream();
      places.set(number, place);
      const stream = await make(number, maker);
      streams.set(number, stream);
      if (stream.kind === 'upload') uploads.add(number);
      return number;
    },
    get: (number) => streams.get(number),
    ask(kind, number) {
      const stream = streams.get(number);
      if (stream !== undefined && isOf(stream, kind)) return stream;
      throw new KedgeError('not-found', { what: kind, id: number, list: 'backup' });
    },
    wasUpload: (number) => uploads.has(number),
    end,
    fail(number, error) {
      end(number);
      const failure = failureOf(error);
      daemon.log.write('error', `a transfer has ended: ${wordFailure(failure).message}`);
      notify(transferFailed.name, { stream: number, failure });
    },
    close() {
      closed = true;
      for (const stream of streams.values()) letGoSafely(stream);
      for (const number of [...places.keys()]) end(number);
    },
  };
}

function isOf<K extends Stream['kind']>(
  stream: Stream,
  kind: K,
): stream is Extract<Stream, { kind: K }> {
  return stream.kind === kind;
}
