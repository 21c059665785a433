import type * as z from 'zod';
import { KedgeError } from '../../protocol/failures.ts';
import { transferCredit, transferFailed } from '../../protocol/methods/transfer.ts';
import { decodeFrame, type TransferFrame } from '../../protocol/transfer.ts';

/** What comes in for one stream of a connection. */
export interface StreamEvents {
  readonly onFrame?: (frame: TransferFrame) => void;
  readonly onCredit?: (bytes: number) => void;
  readonly onFailed: (failure: KedgeError) => void;
}

/** Hands on what comes in for the streams of one connection; what nobody listens for is dropped. */
export interface Streams {
  listen(stream: number, events: StreamEvents): Disposable;
  received(bytes: Uint8Array): void;
  notice(method: string, params: unknown): void;
}

export function createStreams(): Streams {
  const listeners = new Map<number, StreamEvents>();
  const onCredit = ({ stream, bytes }: z.infer<typeof transferCredit.params>): void =>
    listeners.get(stream)?.onCredit?.(bytes);
  return {
    listen(stream, events) {
      listeners.set(stream, events);
      return { [Symbol.dispose]: () => void listeners.delete(stream) };
    },
    received(bytes) {
      const frame = decodeFrame(bytes);
      if (frame !== undefined) listeners.get(frame.stream)?.onFrame?.(frame);
    },
    notice(method, params) {
      const credit = transferCredit.params.safeParse(params);
      if (method === transferCredit.name && credit.success) onCredit(credit.data);
      const failed = transferFailed.params.safeParse(params);
      if (method !== transferFailed.name || !failed.success) return;
      const { code, params: words } = failed.data.failure;
      listeners.get(failed.data.stream)?.onFailed(new KedgeError(code, words));
    },
  };
}
