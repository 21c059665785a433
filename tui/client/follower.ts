import type { Snapshot } from '../../protocol/domain/snapshot.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import type { Change, Notice } from '../../protocol/notices.ts';
import type { Link } from './link.ts';
import { createNoticeOrder } from './notice-order.ts';

/** Keeps one connection's picture whole: a snapshot, then every change in order, a gap read again. */
export interface Follower {
  received(notice: Notice): void;
  /** Reads the first snapshot. */
  start(link: Link): Promise<void>;
}

export function createFollower(handlers: {
  readonly onSnapshot: (snapshot: Snapshot) => void;
  readonly onChange: (change: Change) => void;
}): Follower {
  let link: Link | undefined;
  const order = createNoticeOrder({
    apply(change) {
      handlers.onChange(change);
      if (change.topic === 'config') readAgain();
    },
    gap: () => readAgain(),
  });
  const read = async (from: Link): Promise<void> => {
    const snapshot = snapshotGet.result.parse(await from.request(snapshotGet.name, {}));
    handlers.onSnapshot(snapshot);
    order.snapshotRead(snapshot.seq);
  };
  const readAgain = (): void => {
    order.hold();
    // Whatever goes wrong here, a new connection starts from a snapshot again.
    if (link !== undefined) read(link).catch(() => link?.close());
  };
  return {
    received(notice) {
      if (link !== undefined && notice.epoch !== link.session.epoch) link.close();
      else order.received(notice);
    },
    async start(opened) {
      link = opened;
      await read(opened);
    },
  };
}
