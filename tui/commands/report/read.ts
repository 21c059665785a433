import { KedgeError } from '../../../protocol/failures.ts';
import { reportRead, runbookRead } from '../../../protocol/methods/report.ts';
import type { Arguments } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf, numberOf } from '../read-arguments.ts';
import { reportLines } from './report-lines.ts';

export const reportCommand = defineCommand('report.read', {
  cli: ['report'],
  args: [
    { name: 'days', kind: 'number', placeholder: 'DAYS' },
    { name: 'runbook', kind: 'flag' },
  ],
  danger: 'none',
  reads: true,
  examples: ['kedge report', 'kedge report --days 30 --json', 'kedge report --runbook'],
  async run(context, args) {
    if (flagOf(args, 'runbook')) {
      const data = await context.call(runbookRead, {}, context.signal);
      return { kind: 'data', data, lines: linesOf(data.text) };
    }
    const days = daysOf(args);
    const data = await context.call(reportRead, { days }, context.signal);
    return { kind: 'data', data, lines: reportLines(data.report) };
  },
});

const daysAtMost = 366;

function daysOf(args: Arguments): number {
  const days = numberOf(args, 'days', 7);
  if (days <= daysAtMost) return days;
  throw new KedgeError('bad-argument', { what: 'days', problem: `at most ${daysAtMost}` });
}

export function linesOf(text: string): readonly string[] {
  return text.trimEnd().split('\n');
}
