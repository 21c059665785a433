import { serviceReset, serviceResetPlan } from '../../../protocol/methods/service.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf, listOf } from '../read-arguments.ts';
import { resetStepLines } from '../report/service-lines.ts';

export const serviceResetCommand = defineCommand('service.reset', {
  cli: ['service', 'reset'],
  args: [
    { name: 'service', kind: 'service', positional: true, many: true },
    { name: 'retry', kind: 'flag' },
    { name: 'dry-run', kind: 'flag' },
  ],
  when: 'hasServices',
  danger: 'confirm',
  startsJob: true,
  examples: ['kedge service reset', 'kedge service reset host --retry'],
  async run(context, args) {
    const chosen = listOf(args, 'service');
    const services = chosen.length === 0 ? {} : { services: chosen };
    if (flagOf(args, 'dry-run')) {
      const plan = await context.call(serviceResetPlan, services, context.signal);
      return { kind: 'data', data: plan, lines: resetStepLines(plan.steps) };
    }
    const order = { ...services, retryFailed: flagOf(args, 'retry') };
    const { job } = await context.call(serviceReset, order, context.signal);
    return { kind: 'job', job };
  },
});
