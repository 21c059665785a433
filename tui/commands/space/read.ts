import { spaceRead } from '../../../protocol/methods/space.ts';
import { defineCommand } from '../define-command.ts';
import { spaceLines } from '../report/space-lines.ts';

export const spaceCommand = defineCommand('space.read', {
  cli: ['space'],
  args: [],
  danger: 'none',
  reads: true,
  examples: ['kedge space', 'kedge space --json'],
  async run(context) {
    const data = await context.call(spaceRead, {}, context.signal);
    return { kind: 'data', data, lines: spaceLines(data.places) };
  },
});
