import type { AuditEntry } from '../../../protocol/domain/audit.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { auditList } from '../../../protocol/methods/audit.ts';
import { peopleTexts } from '../../texts/texts.ts';
import { latinDigits } from '../../texts/typed-date.ts';
import type { CommandContext } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { numberOf, textOf } from '../read-arguments.ts';
import { auditLines } from '../report/audit-lines.ts';
import { readMoment } from '../restore/read-moment.ts';

const usualLimit = 200;
/** The most that one call answers. */
const pageMost = 500;
const usualPeriod = '7 days';

export const auditListCommand = defineCommand('audit.list', {
  cli: ['audit'],
  args: [
    { name: 'since', kind: 'text', placeholder: 'WHEN' },
    { name: 'filter', kind: 'text', placeholder: 'TEXT' },
    { name: 'limit', kind: 'number', placeholder: 'N' },
  ],
  danger: 'none',
  examples: ['kedge audit', "kedge audit --since '30 days' --filter restore --json"],
  async run(context, args) {
    const limit = numberOf(args, 'limit', usualLimit);
    const sinceMs = readSince(textOf(args, 'since') ?? usualPeriod, context);
    const filter = textOf(args, 'filter');
    const asked = { sinceMs, ...(filter === undefined ? {} : { filter }) };
    const { entries, more } = await readPages(context, asked, limit);
    const { none, more: moreThanShown } = peopleTexts.audit;
    const lines = entries.length === 0 ? [none] : auditLines(entries);
    const note = more ? [moreThanShown(limit)] : [];
    return { kind: 'data', data: { entries, more }, lines: [...lines, ...note] };
  },
});

async function readPages(
  context: CommandContext,
  asked: { readonly sinceMs: number; readonly filter?: string },
  limit: number,
): Promise<{ readonly entries: readonly AuditEntry[]; readonly more: boolean }> {
  const entries: AuditEntry[] = [];
  for (;;) {
    const last = entries.at(-1)?.id;
    const page = {
      ...asked,
      limit: Math.min(pageMost, limit - entries.length),
      ...(last === undefined ? {} : { before: last }),
    };
    const { entries: next, more } = await context.call(auditList, page, context.signal);
    entries.push(...next);
    if (!more || entries.length >= limit) return { entries, more };
  }
}

const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };
const period = /^(\d+)\s*(h|d|w)(?:ours?|ays?|eeks?)?$/i;

/** "7 days", "12h", a day or a moment; ms UTC. */
function readSince(text: string, { now, note }: CommandContext): number {
  const [, count, unit] = period.exec(latinDigits(text)) ?? [];
  if (count !== undefined && unit !== undefined)
    return now() - Number(count) * (unitMs[unit.toLowerCase()] ?? 0);
  try {
    return readMoment(text, now(), note, 'first');
  } catch (error) {
    const problem = `"${text}" ${peopleTexts.audit.noPeriod}`;
    throw new KedgeError('bad-argument', { what: '--since', problem }, { cause: error });
  }
}
