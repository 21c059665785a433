import * as z from 'zod';
import { topicIds, topicOf } from '../../commands/help/topics.ts';
import type { Keybinding } from '../../keys/keybinding.ts';
import type { UiCommand } from '../../screens/bench.ts';
import { helpTexts } from '../../texts/english/help-texts.ts';
import { helpPage } from './draw-help.ts';

const Topic = z.object({ topic: z.enum(topicIds) });

/** A page for each topic; the palette finds them as "Help: ...". */
export const helpCommands: readonly UiCommand[] = [
  {
    id: 'help.topic',
    title: helpTexts.topics,
    category: helpTexts.group,
    internal: true,
    run(bench, args) {
      const { topic } = Topic.parse(args);
      bench.updateUi(({ places: { [helpPage]: _top, ...places }, ...ui }) => ({
        ...ui,
        places,
        overlay: { kind: 'help', topic },
      }));
    },
  },
  ...topicIds.map(
    (topic): UiCommand => ({
      id: `help-topic.${topic}`,
      title: topicOf(topic).title,
      category: helpTexts.group,
      run: (bench) => bench.run({ command: 'help.topic', args: { topic } }),
    }),
  ),
];

const movements = [
  ['up', 'up'],
  ['k', 'up'],
  ['down', 'down'],
  ['j', 'down'],
  ['pageup', 'page-up'],
  ['pagedown', 'page-down'],
  ['space', 'page-down'],
  ['home', 'first'],
  ['g', 'first'],
  ['end', 'last'],
  ['G', 'last'],
] as const;

export const helpBindings: readonly Keybinding[] = [
  ...movements.map(([key, movement]) => ({
    key,
    command: 'list.move',
    args: { movement, list: helpPage },
    when: 'overlay == help',
  })),
  { key: 'enter', command: 'overlay.close', when: 'overlay == help' },
  { key: 'q', command: 'overlay.close', when: 'overlay == help' },
];
