import { type Backup, isGood } from '../../../protocol/domain/backup.ts';
import { placesOf } from './choose-copies.ts';

interface Question {
  readonly schedule: string;
  /** The second destination of the schedule. */
  readonly copyTo: string;
  readonly installation: string;
  readonly backups: readonly Backup[];
  /** What the second destination may hold, bytes; absent: it has no cap. */
  readonly maxBytes?: number | undefined;
}

/**
 * Backups of a schedule that are not in its second destination yet, those that bring one back furthest first:
 * the newest good full, its differentials from the newest on, then all others from the newest on.
 */
export function dueCopies({
  schedule,
  copyTo,
  installation,
  backups,
  maxBytes,
}: Question): readonly Backup[] {
  const newestFirst = backups
    .filter(
      (backup) =>
        backup.schedule === schedule &&
        backup.origin === 'schedule' &&
        backup.installation === installation &&
        backup.presence === 'present' &&
        isGood(backup),
    )
    .toSorted((a, b) => b.capturedAtMs - a.capturedAtMs);
  const newest = newestFirst.find(({ kind }) => kind === 'full')?.id;
  const byId = new Map(backups.map((backup) => [backup.id, backup]));
  const rank = ({ id, base }: Backup): number => (id === newest ? 0 : base === newest ? 1 : 2);
  const there = backups.filter((backup) => liesAt(backup, copyTo));
  const oldestMs =
    there.length === 0
      ? -Infinity
      : there.reduce((oldest, { capturedAtMs }) => Math.min(oldest, capturedAtMs), Infinity);
  const room = (maxBytes ?? Infinity) - there.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  return (
    newestFirst
      // One on a drive that is away is there all the same.
      .filter((backup) => !liesAt(backup, copyTo))
      .filter(({ base }) => base === undefined || mayComeAlong(byId.get(base), copyTo))
      // The cap would take again what is older than all that it left.
      .filter(({ capturedAtMs, sizeBytes }) => capturedAtMs > oldestMs || sizeBytes <= room)
      .toSorted((a, b) => rank(a) - rank(b))
  );
}

/** A differential whose full can neither be read now nor lies there has to wait, and nothing else with it. */
function mayComeAlong(full: Backup | undefined, copyTo: string): boolean {
  return full !== undefined && (full.presence === 'present' || liesAt(full, copyTo));
}

function liesAt(backup: Backup, name: string): boolean {
  return placesOf(backup).some(({ store }) => store === name);
}
