import type { Change, Notice } from '../../protocol/notices.ts';

/**
 * Hands on changes in the order of their numbers. While held (until a snapshot was read, and after
 * a gap) they are kept back; what the snapshot holds already is dropped.
 */
export interface NoticeOrder {
  received(notice: Notice): void;
  hold(): void;
  /** A snapshot was read that holds everything up to `seq`. */
  snapshotRead(seq: number): void;
}

export function createNoticeOrder(handlers: {
  readonly apply: (change: Change) => void;
  readonly gap: () => void;
}): NoticeOrder {
  let next: number | undefined;
  let keptBack: Notice[] = [];

  const received = (notice: Notice): void => {
    if (next === undefined) keptBack.push(notice);
    else if (notice.seq === next) {
      next += 1;
      handlers.apply(notice.change);
    } else if (notice.seq > next) {
      next = undefined;
      keptBack.push(notice);
      handlers.gap();
    }
  };
  return {
    received,
    hold() {
      next = undefined;
    },
    snapshotRead(seq) {
      next = seq + 1;
      const waiting = keptBack;
      keptBack = [];
      for (const notice of waiting) received(notice);
    },
  };
}
