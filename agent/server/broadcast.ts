import { randomUUID } from 'node:crypto';
import type { Change, Notice } from '../../protocol/notices.ts';

/** Notices to all open sessions, numbered; the epoch is new at every start. */
export interface Broadcast {
  readonly epoch: string;
  readonly seq: () => number;
  publish(change: Change): void;
  /** `person`: it is somebody who may answer a question. */
  subscribe(listener: (notice: Notice) => void, person?: boolean): Disposable;
  isAttended(): boolean;
  /** Whether anybody listens. */
  isHeard(): boolean;
}

export function createBroadcast(): Broadcast {
  const epoch = randomUUID();
  const listeners = new Map<(notice: Notice) => void, boolean>();
  let seq = 0;
  return {
    epoch,
    seq: () => seq,
    publish(change) {
      seq += 1;
      for (const listener of listeners.keys()) listener({ epoch, seq, change });
    },
    isHeard: () => listeners.size > 0,
    isAttended: () => [...listeners.values()].includes(true),
    subscribe(listener, person = false) {
      listeners.set(listener, person);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
  };
}
