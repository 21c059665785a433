import { randomUUID } from 'node:crypto';
import type { Change, Notice } from '../../protocol/notices.ts';

/** Notices to all open sessions, numbered; the epoch is new at every start. */
export interface Broadcast {
  readonly epoch: string;
  readonly seq: () => number;
  publish(change: Change): void;
  /** `who`: at the other end of a session, a person who may answer a question or not. Absent: Kedge itself. */
  subscribe(listener: (notice: Notice) => void, who?: 'person' | 'other'): Disposable;
  isAttended(): boolean;
  /** Whether anybody but Kedge itself listens. */
  isHeard(): boolean;
}

export function createBroadcast(): Broadcast {
  const epoch = randomUUID();
  const listeners = new Map<(notice: Notice) => void, 'person' | 'other' | undefined>();
  let seq = 0;
  return {
    epoch,
    seq: () => seq,
    publish(change) {
      seq += 1;
      for (const listener of listeners.keys()) listener({ epoch, seq, change });
    },
    isHeard: () => [...listeners.values()].some((who) => who !== undefined),
    isAttended: () => [...listeners.values()].includes('person'),
    subscribe(listener, who) {
      listeners.set(listener, who);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
  };
}
