import { type Backup, type BackupKind, isGood } from '../../../protocol/domain/backup.ts';

export type BackupState = 'sealed' | 'verified' | 'proven' | 'damaged' | 'missing' | 'offline';

/** What metrics and reports tell of the list of backups: made in one pass when it is looked at anyway. */
export interface BackupFigures {
  /** Where they lie, copies included; '' is outside of all stores. */
  readonly counts: readonly {
    readonly store: string;
    readonly kind: BackupKind;
    readonly state: BackupState;
    readonly count: number;
    readonly bytes: number;
  }[];
  /** Of this installation alone, as all that follows: by schedule ('' by hand) and kind. */
  readonly newest: readonly NewestOfSchedule[];
  readonly newestGoodFullMs?: number;
  readonly lastVerifiedMs?: number;
  readonly lastProvenMs?: number;
  /** Fulls of which not every byte was read within the last 31 days. */
  readonly unverifiedFulls: number;
}

export interface NewestOfSchedule {
  readonly schedule: string;
  readonly kind: BackupKind;
  readonly bytes: number;
  readonly contentBytes: number;
  readonly atMs: number;
  /** When the newest good one was taken. */
  readonly goodMs?: number;
}

const verifiedWithinMs = 31 * 24 * 3_600_000;

export function backupFigures(
  backups: readonly Backup[],
  installation: string,
  nowMs: number,
): BackupFigures {
  const own = backups.filter((backup) => backup.installation === installation);
  const newestGoodFullMs = latest(own.filter(isGoodFull), (backup) => backup.capturedAtMs);
  const lastVerifiedMs = latest(own, verifiedAt);
  const lastProvenMs = latest(own, ({ proven }) => proven?.atMs);
  return {
    counts: countPlaces(backups),
    newest: newestOfSchedules(own),
    ...(newestGoodFullMs === undefined ? {} : { newestGoodFullMs }),
    ...(lastVerifiedMs === undefined ? {} : { lastVerifiedMs }),
    ...(lastProvenMs === undefined ? {} : { lastProvenMs }),
    unverifiedFulls: own.filter((backup) => isUnverified(backup, nowMs)).length,
  };
}

export function stateOf(backup: Backup): BackupState {
  if (backup.presence !== 'present') return backup.presence;
  if (backup.proof.kind === 'damaged' || backup.integrity === 'damaged') return 'damaged';
  return backup.proven === undefined ? backup.proof.kind : 'proven';
}

/** A full that is here and was not read through for a month; one just sealed has time until its turn. */
export function isUnverified(backup: Backup, nowMs: number): boolean {
  if (backup.kind !== 'full' || backup.presence !== 'present') return false;
  if (backup.proof.kind === 'damaged') return false;
  return nowMs - (verifiedAt(backup) ?? backup.capturedAtMs) > verifiedWithinMs;
}

function isGoodFull(backup: Backup): boolean {
  return backup.kind === 'full' && backup.presence !== 'missing' && isGood(backup);
}

function verifiedAt({ proof }: Backup): number | undefined {
  return proof.kind === 'verified' ? proof.atMs : undefined;
}

function latest(
  backups: readonly Backup[],
  at: (backup: Backup) => number | undefined,
): number | undefined {
  let found: number | undefined;
  for (const backup of backups) found = Math.max(found ?? 0, at(backup) ?? 0) || undefined;
  return found;
}

function countPlaces(backups: readonly Backup[]): BackupFigures['counts'] {
  const counts = new Map<string, BackupFigures['counts'][number]>();
  for (const backup of backups) {
    for (const place of [backup, ...(backup.copies ?? [])]) {
      const { store = '', presence } = place;
      const state = stateOf({ ...backup, presence });
      const key = `${store}/${backup.kind}/${state}`;
      const before = counts.get(key) ?? { store, kind: backup.kind, state, count: 0, bytes: 0 };
      const bytes = before.bytes + (presence === 'missing' ? 0 : backup.sizeBytes);
      counts.set(key, { ...before, count: before.count + 1, bytes });
    }
  }
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
}

function newestOfSchedules(backups: readonly Backup[]): readonly NewestOfSchedule[] {
  const newest = new Map<string, NewestOfSchedule>();
  for (const backup of backups) {
    const { schedule = '', kind, capturedAtMs: atMs, sizeBytes: bytes, contentBytes } = backup;
    // What a restore takes for itself says nothing of the backups somebody counts on.
    if (backup.origin === 'safety' || backup.presence === 'missing') continue;
    const key = `${schedule}/${kind}`;
    const before = newest.get(key);
    const goodMs = Math.max(before?.goodMs ?? 0, isGood(backup) ? atMs : 0);
    const newer = { schedule, kind, bytes, contentBytes, atMs };
    const kept = before === undefined || before.atMs < atMs ? newer : before;
    newest.set(key, goodMs === 0 ? kept : { ...kept, goodMs });
  }
  return [...newest].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
}
