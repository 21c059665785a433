import type { Backup } from '../../protocol/domain/backup.ts';
import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';

/** A schedule as retention sees it. `suspendedBecause`: nothing of it goes, and why. */
export interface RetentionRule {
  readonly id: string;
  readonly settings: ScheduleSettings;
  readonly suspendedBecause?: string | undefined;
}

/** All that decides what goes. Times in ms. */
export interface RetentionQuestion {
  readonly backups: readonly Backup[];
  readonly rules: readonly RetentionRule[];
  readonly nowMs: number;
  /** Ids of what a job or a download reads. */
  readonly leases: ReadonlySet<string>;
  readonly installation: string;
  /** `maxBytes` of the stores that have one. */
  readonly caps?: ReadonlyMap<string, number> | undefined;
  /** Nothing at all goes, and why. */
  readonly heldBecause?: string | undefined;
}

export interface Verdict {
  readonly backup: Backup;
  readonly verdict: 'goes' | 'stays';
  readonly reason: string;
  /** Of one that stays: when its rule lets it go. */
  readonly untilMs?: number | undefined;
  /** Of one that goes: the stores that its schedule puts things into. */
  readonly from?: ReadonlySet<string> | undefined;
  /** Of one that stays: nothing but a rule wants it, so a full destination may take it. */
  readonly mayGo?: true;
}

/** Where an archive lies. A file outside all stores is nobody's to take. */
export interface Holding {
  readonly store: string;
  readonly path: string;
}

/** The files of a backup that are there, the listed one first. */
export function holdingsOf({ store, path, presence, copies = [] }: Backup): readonly Holding[] {
  return [{ store, path, presence }, ...copies].flatMap((each) =>
    each.presence === 'present' && each.store !== undefined
      ? [{ store: each.store, path: each.path }]
      : [],
  );
}

/** Where a schedule puts its backups; what lies elsewhere was brought there by somebody. */
export function storesOf({ store, differential, copyTo }: ScheduleSettings): ReadonlySet<string> {
  return new Set([store, differential?.store ?? store, copyTo ?? store]);
}
