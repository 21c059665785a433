import { type Backup, isGood } from '../../protocol/domain/backup.ts';
import type { RetentionLine } from '../../protocol/domain/retention.ts';
import type { ScheduleSettings } from '../../protocol/domain/schedule.ts';
import { parseAge } from './parse-age.ts';

/** A schedule as retention sees it. `suspendedBecause`: nothing of it goes, and why. */
export interface RetentionRule {
  readonly id: string;
  readonly settings: ScheduleSettings;
  readonly suspendedBecause?: string | undefined;
}

interface Question {
  readonly rules: ReadonlyMap<string, RetentionRule & { readonly keptMs: number }>;
  readonly nowMs: number;
  readonly leases: ReadonlySet<string>;
  readonly installation: string;
  /** The newest good full in a store, by application. */
  readonly newestGood: ReadonlyMap<string, Backup>;
}

/** Archives dated later than this beyond now come from a clock that was wrong, then or now. */
const clockToleranceMs = 3_600_000;

/**
 * What the schedules' "delete backups older than" would take, with a reason for every backup,
 * newest first. Nothing is done here.
 */
export function previewRetention(
  backups: readonly Backup[],
  schedules: readonly RetentionRule[],
  nowMs: number,
  leases: ReadonlySet<string>,
  installation: string,
): readonly RetentionLine[] {
  const newestFirst = backups.toSorted(
    (a, b) => b.capturedAtMs - a.capturedAtMs || (a.id < b.id ? -1 : 1),
  );
  const rules = new Map(
    schedules.map((rule) => [rule.id, { ...rule, keptMs: keptMs(rule.settings, nowMs) }]),
  );
  const newestGood = newestGoodFulls(newestFirst, installation);
  const question = { rules, nowMs, leases, installation, newestGood };
  const lines = newestFirst.map((backup) => judge(backup, question));
  return keepBases(newestFirst, lines);
}

function keptMs({ deleteOlderThan, zone }: ScheduleSettings, nowMs: number): number {
  return deleteOlderThan === undefined ? Infinity : parseAge(deleteOlderThan, zone, nowMs);
}

/** Manual ones outside all stores do not count: they may be carried off at any time. */
function newestGoodFulls(newestFirst: readonly Backup[], installation: string) {
  const newest = new Map<string, Backup>();
  for (const backup of newestFirst) {
    const ours = backup.installation === installation && backup.presence === 'present';
    const counts = ours && backup.store !== undefined && backup.kind === 'full' && isGood(backup);
    if (counts && !newest.has(backup.application)) newest.set(backup.application, backup);
  }
  return newest;
}

function judge(backup: Backup, question: Question): RetentionLine {
  const stays = (reason: string) => line(backup, 'stays', reason);
  const apart = whyNotTouched(backup, question);
  if (apart !== undefined) return stays(apart);
  const rule = question.rules.get(backup.schedule ?? '');
  if (rule === undefined) return stays('its schedule is no longer in the configuration');
  const { deleteOlderThan: age, paused } = rule.settings;
  if (age === undefined) return stays(`schedule "${rule.id}" deletes nothing`);
  if (question.nowMs - backup.capturedAtMs <= rule.keptMs) {
    return stays(`not older than ${age}`);
  }
  if (question.leases.has(backup.id)) return stays('in use by a job');
  if (paused === true) return stays(`schedule "${rule.id}" is paused`);
  if (rule.suspendedBecause !== undefined) return stays(`nothing goes: ${rule.suspendedBecause}`);
  return judgeExpired(backup, age, question);
}

/** What no rule of any schedule touches. */
function whyNotTouched(backup: Backup, { installation }: Question): string | undefined {
  if (backup.installation !== installation) return 'made by another installation of Kedge';
  if (backup.pinned === true) return 'pinned; "kedge backup unpin" lets go of it';
  switch (backup.origin) {
    case 'manual':
      return 'made by hand; only you delete it';
    case 'safety':
      return 'a safety backup; it goes with the undo it belongs to';
    case 'checkpoint':
      return 'a checkpoint; only you delete it';
    case 'schedule':
      return whyAbsent(backup);
    default:
      return backup.origin satisfies never;
  }
}

function whyAbsent({ presence, store }: Backup): string | undefined {
  // A schedule puts nothing there: somebody has copied it, or made it of a differential.
  if (store === undefined) return 'it lies outside all destinations; only you delete it';
  switch (presence) {
    case 'missing':
      return 'its file is missing';
    case 'offline':
      return 'its destination is offline';
    case 'present':
      return undefined;
    default:
      return presence satisfies never;
  }
}

function judgeExpired(backup: Backup, age: string, question: Question): RetentionLine {
  const newest = question.newestGood.get(backup.application);
  if (newest?.id === backup.id) return line(backup, 'stays', 'the newest good full always stays');
  if (newest !== undefined && newest.capturedAtMs > question.nowMs + clockToleranceMs) {
    return line(backup, 'stays', 'nothing goes: a backup is dated in the future; check the clock');
  }
  const flaw = whyNotGood(backup);
  if (newest === undefined || newest.capturedAtMs < backup.capturedAtMs) {
    const reason = `${flaw ?? 'older'}, but there is no newer good full`;
    return line(backup, 'stays', reason);
  }
  const also = flaw === undefined ? '' : `; ${flaw}, and there is a newer good one`;
  return line(backup, 'goes', `older than ${age}${also}`);
}

function whyNotGood(backup: Backup): string | undefined {
  if (isGood(backup)) return undefined;
  if (backup.proof.kind === 'damaged' || backup.integrity === 'damaged') return 'damaged';
  return backup.proof.kind === 'sealed' || backup.integrity === 'pending'
    ? 'not yet verified'
    : 'a source is missing in it';
}

/** A differential is worth nothing without its full. */
function keepBases(
  backups: readonly Backup[],
  lines: readonly RetentionLine[],
): readonly RetentionLine[] {
  const needed = new Map<string, Backup>();
  for (const [i, backup] of backups.entries()) {
    const living = backup.presence !== 'missing' && lines[i]?.verdict === 'stays';
    if (living && backup.base !== undefined) needed.set(backup.base, backup);
  }
  return lines.map((verdict) => {
    const dependent = needed.get(verdict.backup);
    if (dependent === undefined || verdict.verdict === 'stays') return verdict;
    return { ...verdict, verdict: 'stays', reason: `differential "${dependent.id}" needs it` };
  });
}

function line(backup: Backup, verdict: RetentionLine['verdict'], reason: string): RetentionLine {
  return { backup: backup.id, verdict, reason };
}
