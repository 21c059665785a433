import type { RestorePlan } from '../../../protocol/domain/restore.ts';
import type { Fact } from './plan/fact.ts';
import { planFacts } from './plan/plan-facts.ts';

const labelCells = 14;

/** A restore plan for people: what changes, what is lost, what it costs, and what stands against it. */
export function planLines(plan: RestorePlan, nowMs = Date.now()): readonly string[] {
  return planFacts(plan, nowMs).flatMap(({ title, facts }, index) => [
    ...(index === 0 ? [] : ['']),
    ...(title === undefined ? [] : [title]),
    ...facts.map((one) => lineOf(one, title === undefined ? 0 : 1)),
  ]);
}

function lineOf({ text, label, sign, depth }: Fact, inside: number): string {
  const indent = '  '.repeat(depth + inside);
  if (label !== undefined) return `${indent}${label.padEnd(labelCells)}${text}`;
  return sign === undefined ? `${indent}${text}` : `${indent}${sign} ${text}`;
}
