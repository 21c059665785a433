import { snapshotGet } from '../../protocol/methods/session.ts';
import { peopleTexts } from '../texts/texts.ts';
import { defineCommand } from './define-command.ts';
import { whoLines } from './report/who-lines.ts';

export const whoCommand = defineCommand('who', {
  cli: ['who'],
  args: [],
  danger: 'none',
  examples: ['kedge who', 'kedge who --json'],
  async run(context) {
    const { people = [] } = await context.call(snapshotGet, {}, context.signal);
    const { connection } = context.store.get();
    const own = connection.kind === 'open' ? connection.session.session : undefined;
    const lines =
      people.length === 0 ? [peopleTexts.who.nobody] : whoLines(people, own, context.now());
    return { kind: 'data', data: { people }, lines };
  },
});
