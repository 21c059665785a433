import { jobCancel, jobRetry } from '../../../protocol/methods/job.ts';
import { reportTexts } from '../../texts/texts.ts';
import { defineCommand } from '../define-command.ts';
import { numberOf } from '../read-arguments.ts';
import { clearFlags, clearOf } from '../service/clear-of.ts';

export const jobCancelCommand = defineCommand('job.cancel', {
  cli: ['job', 'cancel'],
  args: [{ name: 'job', kind: 'job', positional: true, required: true }],
  danger: 'confirm',
  examples: ['kedge job cancel 12'],
  async run(context, args) {
    const order = { job: numberOf(args, 'job', 0) };
    const data = await context.call(jobCancel, order, context.signal);
    return { kind: 'data', data: data.job, lines: [reportTexts.done.cancelAsked(order.job)] };
  },
});

export const jobRetryCommand = defineCommand('job.retry', {
  cli: ['job', 'retry'],
  args: [{ name: 'job', kind: 'job', positional: true, required: true }, ...clearFlags],
  danger: 'confirm',
  startsJob: true,
  examples: ['kedge job retry 12', 'kedge job retry 12 --wait-job'],
  async run(context, args) {
    const order = { job: numberOf(args, 'job', 0), ...clearOf(args) };
    const { job } = await context.call(jobRetry, order, context.signal);
    return { kind: 'job', job };
  },
});
