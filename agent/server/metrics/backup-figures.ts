import { type Backup, type BackupKind, isGood } from '../../../protocol/domain/backup.ts';

type BackupState = 'sealed' | 'verified' | 'proven' | 'damaged' | 'missing' | 'offline';

/** What metrics and reports tell of the list of backups: made in one pass when it is looked at anyway. */
export interface BackupFigures {
  /** Where they lie, copies included; '' is outside of all stores. */
  readonly counts: readonly PlaceCount[];
  /** Of this installation alone, as all that follows: by schedule ('' by hand) and kind. */
  readonly newest: readonly NewestOfSchedule[];
  readonly newestGoodFullMs?: number;
  readonly lastVerifiedMs?: number;
  readonly lastProvenMs?: number;
  /** Fulls of which not every byte was read within the last 31 days. */
  readonly unverifiedFulls: number;
}

interface PlaceCount {
  readonly store: string;
  readonly kind: BackupKind;
  readonly state: BackupState;
  readonly count: number;
  readonly bytes: number;
}

interface NewestOfSchedule {
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

function stateOf(backup: Backup, presence: Backup['presence']): BackupState {
  if (presence !== 'present') return presence;
  if (backup.proof.kind === 'damaged' || backup.integrity === 'damaged') return 'damaged';
  return backup.proven === undefined ? backup.proof.kind : 'proven';
}

/** A full that is here and was not read through for a month; one just sealed has time until its turn. */
function isUnverified(backup: Backup, nowMs: number): boolean {
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

/** Counted up in place: a hundred thousand of them are looked at between two other things of the daemon. */
function countPlaces(backups: readonly Backup[]): BackupFigures['counts'] {
  const counts = new Map<string, { -readonly [K in keyof PlaceCount]: PlaceCount[K] }>();
  const count = (backup: Backup, { store = '', presence }: Pick<Backup, 'store' | 'presence'>) => {
    const state = stateOf(backup, presence);
    const key = `${store}/${backup.kind}/${state}`;
    let found = counts.get(key);
    if (found === undefined) {
      found = { store, kind: backup.kind, state, count: 0, bytes: 0 };
      counts.set(key, found);
    }
    found.count += 1;
    if (presence !== 'missing') found.bytes += backup.sizeBytes;
  };
  for (const backup of backups) {
    count(backup, backup);
    for (const copy of backup.copies ?? []) count(backup, copy);
  }
  return [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
}

function newestOfSchedules(backups: readonly Backup[]): readonly NewestOfSchedule[] {
  const newest = new Map<string, NewestOfSchedule>();
  for (const backup of backups) {
    // What a restore takes for itself says nothing of the backups somebody counts on.
    if (backup.origin === 'safety' || backup.presence === 'missing') continue;
    const key = `${backup.schedule ?? ''}/${backup.kind}`;
    newest.set(key, newerOf(newest.get(key), backup));
  }
  return [...newest].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
}

function newerOf(before: NewestOfSchedule | undefined, backup: Backup): NewestOfSchedule {
  const { schedule = '', kind, capturedAtMs: atMs, sizeBytes: bytes, contentBytes } = backup;
  const goodMs = Math.max(before?.goodMs ?? 0, isGood(backup) ? atMs : 0);
  const isNewer = before === undefined || before.atMs < atMs;
  if (!isNewer && goodMs === (before.goodMs ?? 0)) return before;
  const kept = isNewer ? { schedule, kind, bytes, contentBytes, atMs } : before;
  return goodMs === 0 ? kept : { ...kept, goodMs };
}
