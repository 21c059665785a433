import { jobList, jobLog, jobShow } from '../../../protocol/methods/job.ts';
import { reportTexts } from '../../texts/texts.ts';
import { formatMoment } from '../../texts/time.ts';
import type { Argument } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf, numberOf } from '../read-arguments.ts';
import { jobLines, jobTable } from '../report/job-lines.ts';
import { pageNote } from '../table.ts';

const job: Omit<Argument, 'description'> = {
  name: 'job',
  kind: 'job',
  positional: true,
  required: true,
};

export const jobListCommand = defineCommand('job.list', {
  cli: ['job', 'list'],
  args: [
    { name: 'limit', kind: 'number', placeholder: 'N' },
    { name: 'offset', kind: 'number', placeholder: 'N' },
  ],
  danger: 'none',
  reads: true,
  examples: ['kedge job list --limit 10'],
  async run(context, args) {
    const page = { limit: numberOf(args, 'limit', 50), offset: numberOf(args, 'offset', 0, 0) };
    const data = await context.call(jobList, page, context.signal);
    const note = pageNote(page.offset, data.jobs.length, data.total);
    const lines =
      data.jobs.length === 0 ? [reportTexts.none.jobs] : [...jobTable(data.jobs), ...note];
    return { kind: 'data', data, lines };
  },
});

export const jobShowCommand = defineCommand('job.show', {
  cli: ['job', 'show'],
  args: [job, { name: 'follow', kind: 'flag' }],
  danger: 'none',
  reads: true,
  examples: ['kedge job show 12', 'kedge job show 12 --follow'],
  async run(context, args) {
    const id = numberOf(args, 'job', 0);
    if (flagOf(args, 'follow')) return { kind: 'job', job: id };
    const data = await context.call(jobShow, { job: id }, context.signal);
    return { kind: 'data', data: data.job, lines: jobLines(data.job) };
  },
});

export const jobLogCommand = defineCommand('job.log', {
  cli: ['job', 'log'],
  args: [job, { name: 'lines', kind: 'number', placeholder: 'N' }],
  danger: 'none',
  reads: true,
  examples: ['kedge job log 12'],
  async run(context, args) {
    const query = { job: numberOf(args, 'job', 0), lines: numberOf(args, 'lines', 500) };
    const data = await context.call(jobLog, query, context.signal);
    const lines = data.lines.map(
      (line) => `${formatMoment(line.atMs)}  ${line.level.padEnd(7)}  ${line.text}`,
    );
    return { kind: 'data', data, lines: lines.length === 0 ? [reportTexts.none.log] : lines };
  },
});
