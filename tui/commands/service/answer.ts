import { ResetAnswer } from '../../../protocol/domain/reset.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { jobShow } from '../../../protocol/methods/job.ts';
import { serviceAnswerReset } from '../../../protocol/methods/service.ts';
import { reportTexts } from '../../texts/texts.ts';
import { defineCommand } from '../define-command.ts';
import { numberOf, requiredText, textOf } from '../read-arguments.ts';

/** Answers what a reset asks about a service that does not stop. */
export const serviceAnswerCommand = defineCommand('service.answer', {
  cli: ['service', 'answer'],
  args: [
    { name: 'job', kind: 'job', positional: true, required: true },
    {
      name: 'answer',
      kind: 'choice',
      choices: ResetAnswer.options,
      positional: true,
      required: true,
    },
    { name: 'confirm', kind: 'text', placeholder: 'SERVICE' },
  ],
  when: 'hasServices',
  danger: 'none',
  examples: ['kedge service answer 17 wait', 'kedge service answer 17 kill --confirm database'],
  async run(context, args) {
    const job = numberOf(args, 'job', 0);
    const answer = ResetAnswer.parse(requiredText(args, 'answer'));
    const shown = await context.call(jobShow, { job }, context.signal);
    const asked = shown.job.resetQuestion;
    if (asked === undefined) throw new KedgeError('reset-asks-nothing', { job });
    const typed = textOf(args, 'confirm');
    const order = { job, question: asked.id, answer, ...(typed === undefined ? {} : { typed }) };
    await context.call(serviceAnswerReset, order, context.signal);
    const data = { job, service: asked.service, answer };
    return { kind: 'data', data, lines: [reportTexts.done.answered(asked.service, answer)] };
  },
});
