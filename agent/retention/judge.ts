import { type Backup, isGood } from '../../protocol/domain/backup.ts';
import { endOfAge } from './end-of-age.ts';
import { keepInWords } from './keep-slots.ts';
import { type RetentionQuestion, type RetentionRule, storesOf, type Verdict } from './verdict.ts';

/** A question with what is looked up for each backup. */
export interface Case extends RetentionQuestion {
  readonly rulesById: ReadonlyMap<string, RetentionRule>;
  /** What "keep" of the schedules names, by backup, in words. */
  readonly kept: ReadonlyMap<string, string>;
  /** The newest good full in a store, by application. */
  readonly newestGood: ReadonlyMap<string, Backup>;
  /** When the oldest that lies in its second destination was captured, by schedule. */
  readonly oldestCopied: ReadonlyMap<string, number>;
}

/** Archives dated later than this beyond now come from a clock that was wrong, then or now. */
const clockToleranceMs = 3_600_000;
/** A backup that is to be verified yet is given this long where its age alone keeps nothing. */
const verifyGraceMs = 2 * 24 * 3_600_000;

/** Of one backup by itself; what needs it is seen to later. */
export function judge(backup: Backup, question: Case): Verdict {
  const apart = whyNotTouched(backup, question);
  if (apart !== undefined) return { backup, verdict: 'stays', reason: apart };
  const rule = question.rulesById.get(backup.schedule ?? '');
  const held = whyHeld(backup, rule, question);
  const wish = wishOf(backup, rule, question);
  if (wish !== undefined) {
    return { backup, verdict: 'stays', ...wish, ...(held === undefined ? { mayGo: true } : {}) };
  }
  if (held !== undefined) return { backup, verdict: 'stays', reason: held };
  const flaw = whyNotGood(backup);
  const also = flaw === undefined ? '' : `; ${flaw}, and there is a newer good one`;
  const from = rule === undefined ? undefined : storesOf(rule.settings);
  return { backup, verdict: 'goes', reason: `${whyGoes(rule)}${also}`, from };
}

/** What no rule of any schedule or destination touches. */
function whyNotTouched(backup: Backup, { installation }: Case): string | undefined {
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

/** What the settings want to keep. */
function wishOf(
  backup: Backup,
  rule: RetentionRule | undefined,
  { nowMs, kept }: Case,
): { reason: string; untilMs?: number } | undefined {
  if (rule === undefined) return { reason: 'its schedule is no longer in the configuration' };
  const { deleteOlderThan: age, keep, zone } = rule.settings;
  if (age === undefined && keep === undefined) {
    return { reason: `schedule "${rule.id}" deletes nothing` };
  }
  if (backup.store !== undefined && !storesOf(rule.settings).has(backup.store)) {
    return {
      reason: `schedule "${rule.id}" puts nothing into "${backup.store}"; only you delete it`,
    };
  }
  const slot = kept.get(backup.id);
  const untilMs = age === undefined ? undefined : endOfAge(backup.capturedAtMs, age, zone);
  if (untilMs !== undefined && nowMs <= untilMs) {
    const reason = `not older than ${age}`;
    return slot === undefined ? { reason, untilMs } : { reason: `${reason}, and ${slot}` };
  }
  if (slot !== undefined) return { reason: slot };
  const graceMs = backup.capturedAtMs + verifyGraceMs;
  return untilMs === undefined && isPending(backup) && nowMs <= graceMs
    ? { reason: 'not yet verified', untilMs: graceMs }
    : undefined;
}

/** What holds a backup back that its rule lets go. */
function whyHeld(
  backup: Backup,
  rule: RetentionRule | undefined,
  question: Case,
): string | undefined {
  const { leases, heldBecause } = question;
  if (leases.has(backup.id)) return 'in use by a job';
  if (rule?.settings.paused === true) return `schedule "${rule.id}" is paused`;
  const suspended = heldBecause ?? rule?.suspendedBecause;
  if (suspended !== undefined) return `nothing goes: ${suspended}`;
  return whyNoneNewer(backup, question) ?? whyNotCopied(backup, rule, question);
}

function whyNoneNewer(backup: Backup, { newestGood, nowMs }: Case): string | undefined {
  const newest = newestGood.get(backup.application);
  if (newest?.id === backup.id) return 'the newest good full always stays';
  if (newest !== undefined && newest.capturedAtMs > nowMs + clockToleranceMs) {
    return 'nothing goes: a backup is dated in the future; check the clock';
  }
  if (newest === undefined || newest.capturedAtMs < backup.capturedAtMs) {
    return `${whyNotGood(backup) ?? 'past its rule'}, but there is no newer good full`;
  }
  return undefined;
}

/** One that may yet be found good is to be copied too. */
function whyNotCopied(
  backup: Backup,
  rule: RetentionRule | undefined,
  { caps, oldestCopied }: Case,
): string | undefined {
  const copyTo = rule?.settings.copyTo;
  if (rule === undefined || copyTo === undefined) return undefined;
  if (!(isGood(backup) || isPending(backup)) || isIn(backup, copyTo)) return undefined;
  // From a destination with a cap the oldest copies have gone again.
  const oldest = oldestCopied.get(rule.id);
  if (caps?.has(copyTo) === true && oldest !== undefined && backup.capturedAtMs < oldest) {
    return undefined;
  }
  return `not yet copied to "${copyTo}"`;
}

/** On a drive that is away it is safe; what was found missing is no second home. */
export function isIn(backup: Backup, store: string): boolean {
  return [backup, ...(backup.copies ?? [])].some(
    (each) => each.store === store && each.presence !== 'missing',
  );
}

function whyGoes(rule: RetentionRule | undefined): string {
  const { deleteOlderThan: age, keep } = rule?.settings ?? {};
  if (keep === undefined) return `older than ${age}`;
  const among = `not among ${keepInWords(keep)}`;
  return age === undefined ? among : `older than ${age} and ${among}`;
}

function isPending(backup: Backup): boolean {
  const { proof, integrity } = backup;
  const bad = proof.kind === 'damaged' || integrity === 'damaged';
  const gap = backup.gaps.some(({ kind }) => kind === 'source');
  return !bad && !gap && (proof.kind === 'sealed' || integrity === 'pending');
}

function whyNotGood(backup: Backup): string | undefined {
  if (isGood(backup)) return undefined;
  if (backup.proof.kind === 'damaged' || backup.integrity === 'damaged') return 'damaged';
  return backup.proof.kind === 'sealed' || backup.integrity === 'pending'
    ? 'not yet verified'
    : 'a source is missing in it';
}
