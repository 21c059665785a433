import type { Argument, Command } from '../../commands/command.ts';
import { topicWords } from '../../commands/help/topics.ts';
import { productCommands } from '../../commands/registry.ts';
import { cliTexts } from '../../texts/english/cli-texts.ts';

/** A word to offer, with what it means. */
export interface Offered {
  readonly word: string;
  readonly meaning: string;
}

/**
 * What completions know, from the registry: keys are words of a command line, such as "backup create" or, with an
 * option or the number of a place behind them, "backup create --to" and "backup extract 1".
 */
export interface CompletionTables {
  /** Words that may follow; of options by the key of their command. */
  readonly words: ReadonlyMap<string, readonly Offered[]>;
  readonly options: ReadonlyMap<string, readonly Offered[]>;
  /** The kind of what follows an option, or stands at a place: a choice "one two", "path", "any", or asked of Kedge. */
  readonly values: ReadonlyMap<string, string>;
  /** The same for all places behind the last that is named. */
  readonly rest: ReadonlyMap<string, string>;
  /** Options of every command that take a value, by their names. */
  readonly everywhere: ReadonlyMap<string, string>;
}

export function completionTables(): CompletionTables {
  const tables = {
    words: new Map<string, Offered[]>(),
    options: new Map<string, Offered[]>(),
    values: new Map<string, string>(),
    rest: new Map<string, string>(),
    everywhere: new Map<string, string>(),
  };
  for (const command of productCommands) {
    addWords(tables.words, command);
    addOptions(tables, command);
    addPlaces(tables, command);
  }
  const window = cliTexts.windowOptions.flatMap(splitOption);
  tables.options.set(
    '',
    [...everywhere(), ...window].map(({ word, meaning }) => ({ word, meaning })),
  );
  for (const { word, value } of [...everywhere(), ...window])
    if (value !== undefined) tables.everywhere.set(word, value.includes('PATH') ? 'path' : 'any');
  return tables;
}

function addWords(words: Map<string, Offered[]>, { cli = [], title, category }: Command): void {
  for (const [at, word] of cli.entries()) {
    const before = cli.slice(0, at).join(' ');
    const offered = words.get(before) ?? [];
    const isLast = at === cli.length - 1;
    const known = offered.findIndex((one) => one.word === word);
    // Of a group its own command says what it is, else what it is about.
    if (known === -1) offered.push({ word, meaning: isLast ? title : category });
    else if (isLast) offered[known] = { word, meaning: title };
    words.set(before, offered);
  }
}

interface Values {
  readonly options: Map<string, Offered[]>;
  readonly values: Map<string, string>;
  readonly rest: Map<string, string>;
}

function addOptions({ options, values }: Values, command: Command): void {
  const key = (command.cli ?? []).join(' ');
  const own = command.args.filter(({ positional }) => positional !== true);
  const jobOptions = command.startsJob === true ? cliTexts.jobOptions.flatMap(splitOption) : [];
  options.set(key, [
    ...own.map(({ name, description }) => ({ word: `--${name}`, meaning: description })),
    ...[...jobOptions, ...everywhere()].map(({ word, meaning }) => ({ word, meaning })),
  ]);
  for (const argument of own)
    if (argument.kind !== 'flag') values.set(`${key} --${argument.name}`, kindOf(argument));
}

function addPlaces({ values, rest }: Values, command: Command): void {
  const key = (command.cli ?? []).join(' ');
  const places = command.args.filter(
    ({ positional, afterDashes }) => positional === true && afterDashes !== true,
  );
  for (const [at, argument] of places.entries()) {
    values.set(`${key} ${at + 1}`, kindOf(argument));
    if (argument.many === true) rest.set(key, kindOf(argument));
  }
}

function kindOf({ kind, choices }: Argument): string {
  switch (kind) {
    case 'choice':
      return (choices ?? []).join(' ');
    case 'topic':
      return topicWords().join(' ');
    case 'text':
    case 'number':
    case 'flag':
      return choices === undefined ? 'any' : choices.join(' ');
    default:
      return kind;
  }
}

interface Option extends Offered {
  /** How its value is called; absent: it takes none. */
  readonly value?: string;
}

function everywhere(): readonly Option[] {
  return cliTexts.globalOptions.flatMap(splitOption);
}

/** Of "--socket PATH" or "--help, -h" as the help has it. */
function splitOption([words, meaning]: readonly [string, string]): readonly Option[] {
  return words.split(', ').map((form) => {
    const [word = '', value] = form.split(' ');
    return value === undefined ? { word, meaning } : { word, meaning, value };
  });
}
