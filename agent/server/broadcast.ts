import { randomUUID } from 'node:crypto';
import type { Change, Notice } from '../../protocol/notices.ts';

/** Notices to all open sessions, numbered; the epoch is new at every start. */
export interface Broadcast {
  readonly epoch: string;
  readonly seq: () => number;
  publish(change: Change): void;
  subscribe(listener: (notice: Notice) => void): Disposable;
}

export function createBroadcast(): Broadcast {
  const epoch = randomUUID();
  const listeners = new Set<(notice: Notice) => void>();
  let seq = 0;
  return {
    epoch,
    seq: () => seq,
    publish(change) {
      seq += 1;
      for (const listener of listeners) listener({ epoch, seq, change });
    },
    subscribe(listener) {
      listeners.add(listener);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
  };
}
