import { type Backup, isGood } from '../../protocol/domain/backup.ts';
import type { RetentionLine } from '../../protocol/domain/retention.ts';
import { takeByCaps } from './caps.ts';
import { type Case, isIn, judge } from './judge.ts';
import { keepSlots } from './keep-slots.ts';
import { linesOf } from './lines-of.ts';
import { takeByRule } from './take-by-rule.ts';
import { openTakings } from './takings.ts';
import type { RetentionQuestion, RetentionRule, Verdict } from './verdict.ts';

/**
 * What the rules of schedules and destinations would take, with a reason for every backup, newest first. Of a
 * copy that goes by itself there is a line more, with its store. Nothing is done here.
 */
export function previewRetention(question: RetentionQuestion): readonly RetentionLine[] {
  const newestFirst = question.backups.toSorted(
    (a, b) => b.capturedAtMs - a.capturedAtMs || (a.id < b.id ? -1 : 1),
  );
  const rulesById = new Map(question.rules.map((rule) => [rule.id, rule]));
  const asked: Case = {
    ...question,
    rulesById,
    kept: new Map(question.rules.flatMap((rule) => [...keptBy(rule, newestFirst, question)])),
    newestGood: newestGoodFulls(newestFirst, question.installation),
    oldestCopied: new Map(question.rules.flatMap((rule) => oldestCopied(rule, newestFirst))),
  };
  const judged = newestFirst.map((backup) => judge(backup, asked));
  const takings = openTakings(judged);
  const going = takings.judged.filter(({ verdict }) => verdict === 'goes');
  for (const verdict of going.filter(isDifferential)) takeByRule(takings, verdict);
  for (const verdict of going) takeByRule(takings, verdict);
  takeByCaps(takings, question.caps ?? new Map());
  return judged.flatMap((verdict) => linesOf(verdict, takings));
}

function isDifferential({ backup }: Verdict): boolean {
  return backup.kind === 'differential';
}

/** Only good backups that are there take a place among those that "keep" names. */
function keptBy(
  { id, settings: { keep, zone } }: RetentionRule,
  newestFirst: readonly Backup[],
  { installation }: RetentionQuestion,
): ReadonlyMap<string, string> {
  if (keep === undefined) return new Map();
  const counting = newestFirst.filter(
    (backup) =>
      backup.schedule === id &&
      backup.origin === 'schedule' &&
      backup.installation === installation &&
      backup.presence === 'present' &&
      isGood(backup),
  );
  return keepSlots(counting, keep, zone);
}

function oldestCopied(
  { id, settings: { copyTo } }: RetentionRule,
  newestFirst: readonly Backup[],
): readonly [string, number][] {
  if (copyTo === undefined) return [];
  const oldest = newestFirst.findLast(
    (backup) => backup.schedule === id && backup.origin === 'schedule' && isIn(backup, copyTo),
  );
  return oldest === undefined ? [] : [[id, oldest.capturedAtMs]];
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
