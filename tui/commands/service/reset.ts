import type * as z from 'zod';
import { ServiceRole } from '../../../protocol/domain/service.ts';
import { exitCodeOf, KedgeError } from '../../../protocol/failures.ts';
import { serviceReset, serviceResetPlan } from '../../../protocol/methods/service.ts';
import type { Arguments } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf, listOf, textOf } from '../read-arguments.ts';
import { resetPlanLines } from '../report/reset-plan-lines.ts';
import { clearFlags, clearOf } from './clear-of.ts';

type Choice = z.infer<typeof serviceResetPlan.params>;

export const serviceResetCommand = defineCommand('service.reset', {
  cli: ['service', 'reset'],
  args: [
    { name: 'service', kind: 'service', positional: true, many: true },
    { name: 'role', kind: 'choice', choices: ServiceRole.options },
    { name: 'sick', kind: 'flag' },
    { name: 'all', kind: 'flag' },
    { name: 'kedge', kind: 'flag' },
    { name: 'retry', kind: 'flag' },
    ...clearFlags,
    { name: 'unattended', kind: 'flag' },
    { name: 'dry-run', kind: 'flag' },
  ],
  when: 'hasServices',
  danger: 'confirm',
  startsJob: true,
  examples: [
    'kedge service reset',
    'kedge service reset host --retry',
    'kedge service reset --role host --dry-run',
    'kedge service reset --sick',
    'kedge service reset --wait-job',
    'kedge service reset --all --kedge',
  ],
  async run(context, args) {
    const choice = choiceOf(args);
    if (flagOf(args, 'dry-run')) {
      const plan = await context.call(serviceResetPlan, choice, context.signal);
      const refusal = plan.problems?.find(({ weight }) => weight === 'refuses');
      return {
        kind: 'data',
        data: plan,
        lines: resetPlanLines(plan, context.now()),
        ...(refusal === undefined ? {} : { exit: exitCodeOf(refusal.failure) }),
      };
    }
    const order = {
      ...choice,
      retryFailed: flagOf(args, 'retry'),
      ...(flagOf(args, 'unattended') ? { attended: false } : {}),
      ...clearOf(args),
    };
    const { job } = await context.call(serviceReset, order, context.signal);
    return { kind: 'job', job };
  },
});

function choiceOf(args: Arguments): Choice {
  const named = listOf(args, 'service');
  const role = textOf(args, 'role');
  const [sick, all, kedge] = ['sick', 'all', 'kedge'].map((flag) => flagOf(args, flag));
  if (all === true && (named.length > 0 || role !== undefined || sick === true))
    throw new KedgeError('bad-argument', { what: '--all', problem: 'it is for all services' });
  // Alone it is Kedge that restarts, and nothing else.
  const alone = kedge === true && all !== true && role === undefined && sick !== true;
  return {
    ...(named.length > 0 || alone ? { services: named } : {}),
    ...(role === undefined ? {} : { role: ServiceRole.parse(role) }),
    ...(sick === true ? { sick } : {}),
    ...(kedge === true ? { kedge } : {}),
  };
}
