import { KedgeError } from '../../protocol/failures.ts';
import type { Arguments } from '../commands/command.ts';
import { topicData, topicLines } from '../commands/help/read.ts';
import {
  findTopic,
  type HelpTopic,
  type TopicId,
  topicIds,
  topicOf,
  topicWords,
} from '../commands/help/topics.ts';
import { flagOf, listOf } from '../commands/read-arguments.ts';
import { productCommands } from '../commands/registry.ts';
import { readSettings } from '../host/settings/settings-store.ts';
import { chooseLanguage } from '../texts/choose-language.ts';
import { helpTexts } from '../texts/english/help-texts.ts';
import { speak } from '../texts/speak.ts';
import { texts } from '../texts/texts.ts';
import { commandTable, helpLines } from './help.ts';
import { lineOrder } from './line-order.ts';
import { manPage } from './man-page.ts';
import type { Output } from './output.ts';
import { suggest } from './suggest.ts';
import type { Terminal } from './terminal.ts';
import type { WindowSettings } from './window-options.ts';

/** "kedge help": a topic, a command, a group of commands, all of them, or the manual page. */
export async function showHelp(
  terminal: Terminal,
  output: Output,
  args: Arguments,
  language: WindowSettings['language'],
): Promise<void> {
  const words = listOf(args, 'topic');
  if (flagOf(args, 'man')) {
    const page = manPage();
    if (output.json) output.result({ man: page }, []);
    else terminal.out(page);
    return;
  }
  const topic = words.length === 1 ? findTopic(words[0] ?? '') : undefined;
  const isCommand = productCommands.some(({ cli = [] }) =>
    words.every((word, n) => cli[n] === word),
  );
  // The name itself is the topic; another word for it gives way to a command that is called so.
  const named = topic !== undefined && topicIds.some((id) => id === words[0]);
  if (topic !== undefined && (named || !isCommand))
    await showTopic(terminal, output, topic.id, language);
  else if (isCommand) showCommands(output, words, topic);
  else throw unknown(words);
}

/** In the language of the interface; to a program, as all that it is told, in English. */
async function showTopic(
  terminal: Terminal,
  output: Output,
  id: TopicId,
  wanted: WindowSettings['language'],
): Promise<void> {
  const { language, rtl } = readSettings(terminal.env).settings;
  if (!output.json) await speak(chooseLanguage(wanted, terminal.env, language));
  const order = await lineOrder(terminal, rtl);
  const topic = topicOf(id);
  const lines = [...topicLines(topic, order?.columns), ...commandsOf(topic)];
  if (order === undefined) output.result(topicData(topic), lines);
  else order.print(lines);
}

function commandsOf({ commands }: HelpTopic): readonly string[] {
  const about = productCommands.filter(({ cli = [] }) => commands.includes(cli[0] ?? ''));
  return about.length === 0 ? [] : ['', texts.help.commands, ...commandTable(about)];
}

function showCommands(
  output: Output,
  words: readonly string[],
  topic: HelpTopic | undefined,
): void {
  const more = topic === undefined ? [] : ['', helpTexts.readAlso(topic.id)];
  const lines = [...helpLines(words), ...more];
  output.result({ help: lines }, lines);
}

function unknown(words: readonly string[]): KedgeError {
  const typed = words.join(' ');
  const commands = productCommands.flatMap(({ cli = [] }) => [cli.join(' '), cli[0] ?? '']);
  const suggestion = suggest(typed.toLowerCase(), [...topicWords(), ...commands]);
  const problem = suggestion === undefined ? helpTexts.noTopic : helpTexts.didYouMean(suggestion);
  return new KedgeError('bad-argument', { what: `"${typed}"`, problem });
}
