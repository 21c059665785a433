import type { Backup } from '../../protocol/domain/backup.ts';
import type { FoundProblem } from '../alarms/found-problem.ts';

/** Backups that are not what they were taken for. */
export function backupProblems(backups: readonly Backup[]): readonly FoundProblem[] {
  return [
    ...backups.filter(isDamaged).map(damagedBackup),
    ...failedDrills(backups),
    ...lostFulls(backups),
  ];
}

function isDamaged(backup: Backup): boolean {
  return backup.proof.kind === 'damaged' || backup.integrity === 'damaged';
}

function damagedBackup(backup: Backup): FoundProblem {
  const why =
    backup.proof.kind === 'damaged'
      ? backup.proof.problem
      : (backup.integrityProblem ?? 'the database in it fails its integrity check');
  return {
    id: `backup-${backup.id}`,
    severity: 'error',
    text: `backup ${backup.id.slice(0, 8)} is damaged: ${why}`,
    place: backup.path,
    hint: 'Take a new full backup; do not count on this one.',
  };
}

/** Until a drill passes, of whatever backup: a host that does not start on one copy starts on none. */
function failedDrills(backups: readonly Backup[]): readonly FoundProblem[] {
  const passedMs = backups.reduce((last, { proven }) => Math.max(last, proven?.atMs ?? 0), 0);
  return backups.flatMap(({ id, path, drillFailed }) =>
    drillFailed === undefined || drillFailed.atMs < passedMs
      ? []
      : [
          {
            id: `drill-${id}`,
            severity: 'error',
            text: `the drill of backup ${id.slice(0, 8)} failed: ${drillFailed.problem}`,
            place: path,
            hint: `Put it right and drill again: kedge drill ${id.slice(0, 8)}.`,
          },
        ],
  );
}

/** One problem a full, however many differentials lie there without it. */
function lostFulls(backups: readonly Backup[]): readonly FoundProblem[] {
  const fulls = new Map(backups.map((backup) => [backup.id, backup]));
  const lost = new Map<string, Backup[]>();
  for (const backup of backups) {
    if (backup.base === undefined || backup.presence !== 'present') continue;
    // A full in a destination that is offline comes back with that.
    const presence = fulls.get(backup.base)?.presence ?? 'missing';
    if (presence !== 'missing') continue;
    lost.set(backup.base, [...(lost.get(backup.base) ?? []), backup]);
  }
  return [...lost].map(([base, needing]) => lostFull(base, needing));
}

function lostFull(base: string, needing: readonly Backup[]): FoundProblem {
  const [first] = needing;
  const which =
    needing.length === 1
      ? `differential ${first?.id.slice(0, 8)} can't be restored: its`
      : `${needing.length} differentials can't be restored: their`;
  return {
    id: `base-${base}`,
    severity: 'error',
    text: `${which} full "${first?.baseName ?? base}" is not there`,
    place: first?.path ?? base,
    hint: 'Bring that full back beside it, under any name.',
  };
}
