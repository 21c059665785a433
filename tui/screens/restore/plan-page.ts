import type { RestorePlan } from '../../../protocol/domain/restore.ts';
import type { Fact, FactGroup } from '../../commands/report/plan/fact.ts';
import { planFacts } from '../../commands/report/plan/plan-facts.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Model } from '../bench.ts';
import { bullet, labelled, paragraph } from '../page-lines.ts';

/** The plan as a page to read: what is replaced, what is lost, who is cut off, how long. */
export function planPage(plan: RestorePlan, model: Model, width: number): readonly Line[] {
  const cells = width - 2;
  const rows = planFacts(plan, model.nowMs).flatMap((group, index) => [
    ...(index === 0 ? [] : [emptyLine]),
    ...groupLines(group, cells),
  ]);
  return rows.map((one): Line => [span(' '), ...one]);
}

function groupLines({ title, tone, facts }: FactGroup, cells: number): readonly Line[] {
  return [
    ...(title === undefined ? [] : [line(title, tone ?? 'heading')]),
    ...facts.flatMap((one) => factLines(one, cells)),
  ];
}

function factLines({ text, tone, label, sign, depth }: Fact, cells: number): readonly Line[] {
  if (label !== undefined) return labelled(label, text, cells, tone);
  if (sign !== undefined) return bullet(`${'  '.repeat(depth)}${sign}`, text, cells, tone);
  return depth === 0
    ? paragraph(text, cells, tone)
    : bullet(' '.repeat(2 * depth - 1), text, cells, tone);
}
