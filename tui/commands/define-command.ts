import { type CommandId, type CommandTexts, commandTexts } from '../texts/english/command-texts.ts';
import type { Argument, Command } from './command.ts';

type Worded = 'id' | 'title' | 'category' | 'summary' | 'args';
type Definition = Omit<Command, Worded> & {
  readonly args: readonly Omit<Argument, 'description'>[];
};

/** A product command; its words stand in the texts under its id. */
export function defineCommand(id: CommandId, definition: Definition): Command {
  const texts: CommandTexts = commandTexts[id];
  const args = definition.args.map((argument) => ({
    ...argument,
    description: texts.args[argument.name] ?? '',
  }));
  return { ...definition, id, args, ...words(texts) };
}

function words(texts: CommandTexts): Pick<Command, 'title' | 'category' | 'summary'> {
  return { title: texts.title, category: texts.category, summary: texts.summary };
}
