import { type Backup, isGood } from '../../../protocol/domain/backup.ts';
import { placesOf } from './choose-copies.ts';

interface Question {
  readonly schedule: string;
  /** The second destination of the schedule. */
  readonly copyTo: string;
  readonly installation: string;
  readonly backups: readonly Backup[];
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
  const rank = ({ id, base }: Backup): number => (id === newest ? 0 : base === newest ? 1 : 2);
  return (
    newestFirst
      // One on a drive that is away is there all the same.
      .filter((backup) => !placesOf(backup).some(({ store }) => store === copyTo))
      .toSorted((a, b) => rank(a) - rank(b))
  );
}
