import { keyStatus } from '../../../protocol/methods/key.ts';
import { keyTexts } from '../../texts/texts.ts';
import { defineCommand } from '../define-command.ts';
import { fields } from '../table.ts';

export const keyStatusCommand = defineCommand('key.status', {
  cli: ['key', 'status'],
  args: [],
  danger: 'none',
  reads: true,
  examples: ['kedge key status', 'kedge key status --json'],
  async run(context) {
    const data = await context.call(keyStatus, {}, context.signal);
    return { kind: 'data', data, lines: fields(keyTexts.status(data)) };
  },
});
