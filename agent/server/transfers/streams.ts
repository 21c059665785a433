import { transferCredit } from '../../../protocol/methods/transfer.ts';
import { decodeFrame } from '../../../protocol/transfer.ts';
import type { Daemon } from '../daemon.ts';
import type { Handler } from '../handlers/handler.ts';
import { downloadHandlers } from './downloads.ts';
import { createStreamTable } from './stream-table.ts';
import { uploadHandlers } from './uploads.ts';

/** The transfers of one connection. */
export interface Streams {
  /** Methods that act on them, by name. */
  readonly handlers: ReadonlyMap<string, Handler>;
  /** Takes a binary frame. Answers what is wrong with it: then the connection is to be closed. */
  frame(bytes: Uint8Array): string | undefined;
  notice(method: string, params: unknown): void;
  /** The connection is gone: downloads end, of uploads what was written stays to go on with. */
  close(): void;
}

export interface StreamsOptions {
  readonly daemon: Daemon;
  /** Settles when the frame has left this process. */
  readonly sendFrame: (frame: Uint8Array) => Promise<void>;
  readonly notify: (method: string, params: unknown) => void;
}

export function openStreams({ daemon, sendFrame, notify }: StreamsOptions): Streams {
  const table = createStreamTable(daemon, notify);
  const handlers = [...downloadHandlers(table, sendFrame), ...uploadHandlers(table, notify)];
  return {
    handlers: new Map(handlers.map((handler) => [handler.method.name, handler])),
    frame(bytes) {
      const frame = decodeFrame(bytes);
      if (frame === undefined) return 'this is not a frame of a transfer';
      const stream = table.get(frame.stream);
      if (stream?.kind === 'upload') return stream.upload.take(frame.offset, frame.bytes);
      // What was under way when an upload failed or was cancelled.
      if (stream === undefined && table.wasUpload(frame.stream)) return undefined;
      return `stream ${frame.stream} takes no bytes`;
    },
    notice(method, params) {
      const credit = transferCredit.params.safeParse(params);
      if (method !== transferCredit.name || !credit.success) return;
      const stream = table.get(credit.data.stream);
      if (stream?.kind === 'download') stream.download.grant(credit.data.bytes);
    },
    close: () => table.close(),
  };
}
