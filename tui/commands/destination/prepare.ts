import { storePrepare } from '../../../protocol/methods/store.ts';
import { reportTexts } from '../../texts/texts.ts';
import { defineCommand } from '../define-command.ts';
import { flagOf, requiredText } from '../read-arguments.ts';

export const destinationPrepareCommand = defineCommand('destination.prepare', {
  cli: ['destination', 'prepare'],
  args: [
    { name: 'store', kind: 'store', positional: true, required: true },
    { name: 'anyway', kind: 'flag' },
  ],
  when: 'configured',
  danger: 'none',
  examples: ['kedge destination prepare usb'],
  async run(context, args) {
    const order = {
      store: requiredText(args, 'store'),
      ...(flagOf(args, 'anyway') ? { anyway: true } : {}),
    };
    const data = await context.call(storePrepare, order, context.signal);
    return { kind: 'data', data, lines: [reportTexts.done.prepared(data.store, data.path)] };
  },
});
