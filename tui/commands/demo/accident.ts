import * as z from 'zod';
import { KedgeError } from '../../../protocol/failures.ts';
import { accidents, demoAccident } from '../../../protocol/methods/setup.ts';
import { defineCommand } from '../define-command.ts';
import { requiredText } from '../read-arguments.ts';

const Accident = z.enum(accidents);

export const demoAccidentCommand = defineCommand('demo.accident', {
  cli: ['demo', 'accident'],
  args: [
    { name: 'accident', kind: 'choice', choices: accidents, positional: true, required: true },
  ],
  when: 'demo',
  danger: 'confirm',
  examples: ['kedge demo accident delete-patients', 'kedge demo accident hang-host'],
  async run(context, args) {
    const given = requiredText(args, 'accident');
    const accident = Accident.safeParse(given);
    if (!accident.success) {
      const problem = `"${given}" is none of: ${accidents.join(', ')}`;
      throw new KedgeError('bad-argument', { what: 'accident', problem });
    }
    const order = { accident: accident.data };
    const data = await context.call(demoAccident, order, context.signal);
    return { kind: 'data', data, lines: [data.text] };
  },
});
