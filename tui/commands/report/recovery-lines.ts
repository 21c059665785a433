import type { OpenRecovery } from '../../../protocol/domain/recovery.ts';
import type { LeftInServer } from '../../../protocol/domain/restore.ts';
import { recoveryTexts as texts } from '../../texts/texts.ts';
import { formatMoment } from '../../texts/time.ts';

/** What died and is not settled, which servers it waits for, and what giving it up would leave there. */
export function recoveryLines(recoveries: readonly OpenRecovery[]): readonly string[] {
  return recoveries.length === 0 ? [texts.none] : recoveries.flatMap(linesOf);
}

function linesOf({ job, title, atMs, stage, isAtWork, servers, left }: OpenRecovery) {
  const waits = servers.some(({ why }) => why !== undefined);
  return [
    texts.head(job, title, formatMoment(atMs)),
    `  ${texts.stages[stage]}`,
    ...(isAtWork ? [`  ${texts.atWork}`] : []),
    ...servers.flatMap(({ databases, why }) =>
      databases.map((of) => `  ${why === undefined ? texts.answers(of) : texts.silent(of, why)}`),
    ),
    ...(left.length === 0 ? [] : [`  ${texts.wouldLeave}`, ...leftLines(left)]),
    ...(waits && !isAtWork ? [`  ${texts.giveUp}  kedge recovery give-up ${job}`] : []),
  ];
}

/** What stays in servers, with the SQL for the day they come back. */
export function leftLines(left: readonly LeftInServer[]): readonly string[] {
  return left.flatMap(({ of, what, sql }) => [
    `    ${of}: ${what}`,
    ...sql.map((statement) => `      ${statement}`),
  ]);
}
