import type { Backup } from '../../protocol/domain/backup.ts';
import type { RetentionLine } from '../../protocol/domain/retention.ts';

/** What is to be taken, and from which store alone; absent: all that its schedule put somewhere. */
export interface Going {
  readonly backup: Backup;
  readonly reason: string;
  readonly store?: string | undefined;
}

/**
 * What goes, in the order in which it may: differentials before the full they need, the oldest first, so that
 * being cut off in between leaves usable backups, and the younger ones.
 */
export function goingOrder(
  lines: readonly RetentionLine[],
  find: (id: string) => Backup | undefined,
): readonly Going[] {
  const going = lines.flatMap(({ backup: id, verdict, reason, store }): Going[] => {
    const backup = verdict === 'goes' ? find(id) : undefined;
    return backup === undefined ? [] : [{ backup, reason, store }];
  });
  const rank = ({ backup }: Going): number => (backup.kind === 'differential' ? 0 : 1);
  return going.toSorted(
    (a, b) => rank(a) - rank(b) || a.backup.capturedAtMs - b.backup.capturedAtMs,
  );
}
