import { KedgeError } from '../../../protocol/failures.ts';
import { helpTexts } from '../../texts/english/help-texts.ts';
import { defineCommand } from '../define-command.ts';
import { listOf } from '../read-arguments.ts';
import { usualColumns, wrapRows } from '../report/wrap-rows.ts';
import { topicRows } from './topic-rows.ts';
import { findTopic, type HelpTopic } from './topics.ts';

/** The command line answers it without Kedge, for commands too; in the interface topics are pages. */
export const helpCommand = defineCommand('help', {
  cli: ['help'],
  args: [
    { name: 'topic', kind: 'topic', positional: true, many: true },
    { name: 'man', kind: 'flag' },
  ],
  danger: 'none',
  needs: 'nothing',
  examples: ['kedge help', 'kedge help restore', 'kedge help backup create', 'kedge help --man'],
  async run(_context, args) {
    const [word = ''] = listOf(args, 'topic');
    const topic = findTopic(word);
    if (topic !== undefined)
      return { kind: 'data', data: topicData(topic), lines: topicLines(topic) };
    throw new KedgeError('bad-argument', { what: `"${word}"`, problem: helpTexts.noTopic });
  },
});

export function topicData({ id, title, body }: HelpTopic) {
  return { topic: id, title, text: body.replace(/^\n+/, '') };
}

/** For a terminal or a pipe. */
export function topicLines({ title, body }: HelpTopic, columns = usualColumns): readonly string[] {
  const wrap = (text: string, width: number) => wrapRows(text, '', width);
  const rows = topicRows(body, columns, wrap);
  return [title, '', ...rows.map(({ text }) => text)];
}
