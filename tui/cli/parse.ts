import { parseArgs } from 'node:util';
import { KedgeError } from '../../protocol/failures.ts';
import type { Argument, Arguments, ArgumentValue, Command } from '../commands/command.ts';
import { productCommands } from '../commands/registry.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';
import { takeGlobals } from './globals.ts';
import { usageOf } from './help.ts';
import type { Globals, Parsed } from './parsed.ts';
import { refuseLoneOptions } from './server-options.ts';
import { suggest } from './suggest.ts';

/** Reads a command line; what it can't read is thrown as bad-argument, with a suggestion where one is near. */
export function parseCommandLine(argv: readonly string[]): { globals: Globals; parsed: Parsed } {
  const { globals, help, version, rest } = takeGlobals(argv);
  const parsed: Parsed = version ? { kind: 'version' } : parseWords(rest, help);
  if (Object.keys(globals.window).length > 0) refuseWindowOptions(parsed, globals);
  // There they say how the new entry is reached.
  if (parsed.kind !== 'command' || parsed.command.id !== 'server.add') refuseLoneOptions(globals);
  return { globals, parsed };
}

/** The looks of a window mean nothing to what prints text; only its pages of help have a language. */
function refuseWindowOptions(parsed: Parsed, { window }: Globals): void {
  if (parsed.kind !== 'command' || parsed.command.id === 'demo') return;
  const names = Object.keys(window);
  if (parsed.command.id === 'help' && names.every((name) => name === 'language')) return;
  throw new KedgeError('bad-argument', {
    what: (parsed.command.cli ?? []).join(' '),
    problem: cliTexts.noWindow,
  });
}

function parseWords(rest: readonly string[], help: boolean): Parsed {
  const first = rest.findIndex((word) => word.startsWith('-'));
  const leading = first === -1 ? rest : rest.slice(0, first);
  const command = longestMatch(leading);
  if (command !== undefined) {
    const words = command.cli ?? [];
    if (help) return { kind: 'help', words };
    return { kind: 'command', command, args: parseArguments(command, rest.slice(words.length)) };
  }
  if (leading.length === 0 && rest.length > 0) throw unknownOption(rest[0] ?? '', []);
  if (leading.length > 0 && !isGroup(leading)) throw unknownCommand(leading);
  if (help || leading.length === 0)
    return help ? { kind: 'help', words: leading } : { kind: 'workbench' };
  return { kind: 'group', words: leading };
}

function longestMatch(words: readonly string[]): Command | undefined {
  return productCommands
    .filter(({ cli = [] }) => cli.length > 0 && cli.every((word, n) => words[n] === word))
    .sort((a, b) => (b.cli?.length ?? 0) - (a.cli?.length ?? 0))[0];
}

function isGroup(words: readonly string[]): boolean {
  return productCommands.some(({ cli = [] }) => words.every((word, n) => cli[n] === word));
}

function unknownCommand(words: readonly string[]): KedgeError {
  const known = productCommands.flatMap(({ cli = [] }) => [cli.join(' '), cli[0] ?? '']);
  const typed = words.slice(0, 2).join(' ');
  const suggestion = suggest(typed, known) ?? suggest(words[0] ?? '', known);
  const problem =
    suggestion === undefined ? cliTexts.unknownCommand : cliTexts.didYouMean(suggestion);
  return new KedgeError('bad-argument', { what: `"${typed}"`, problem });
}

/** What follows "--" is nobody's option where a command takes it as it is. */
function parseArguments(command: Command, words: readonly string[]): Arguments {
  const takesRest = command.args.find((argument) => argument.afterDashes === true);
  const end = takesRest === undefined ? -1 : words.indexOf('--');
  if (takesRest === undefined || end === -1) return parseOwn(command, command.args, words);
  const rest = words.slice(end + 1);
  if (rest.length === 0)
    throw new KedgeError('bad-argument', {
      what: '--',
      problem: cliTexts.missing(usageOf(command)),
    });
  // What follows says enough for all else to be left out.
  const optional = command.args.map((argument) => ({ ...argument, required: false }));
  return { ...parseOwn(command, optional, words.slice(0, end)), [takesRest.name]: rest };
}

function parseOwn(
  command: Command,
  args: readonly Argument[],
  words: readonly string[],
): Arguments {
  const options = args.filter((argument) => argument.positional !== true);
  const known = Object.fromEntries(
    options.map((argument) => [
      argument.name,
      { type: argument.kind === 'flag' ? 'boolean' : 'string', multiple: true } as const,
    ]),
  );
  const { tokens } = parseArgs({
    args: [...words],
    options: known,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const given = new Map<string, ArgumentValue[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind === 'option') {
      const argument = options.find((one) => one.name === token.name);
      if (argument === undefined) throw unknownOption(token.rawName, options);
      const value = optionValue(argument, token.rawName, token.value, token.inlineValue ?? false);
      given.set(argument.name, [...(given.get(argument.name) ?? []), value]);
    }
  }
  const values = [...given].map(([name, list]) => [name, oneOrMany(options, name, list)] as const);
  return { ...Object.fromEntries(values), ...placed(command, args, positionals) };
}

function optionValue(
  argument: Argument,
  rawName: string,
  value: string | undefined,
  inline: boolean,
): ArgumentValue {
  if (argument.kind === 'flag') {
    if (value === undefined) return true;
    throw new KedgeError('bad-argument', { what: rawName, problem: cliTexts.optionTakesNone });
  }
  if (value === undefined || (value.startsWith('--') && !inline))
    throw new KedgeError('bad-argument', { what: rawName, problem: cliTexts.optionNeedsValue });
  return typed(argument, rawName, value);
}

function oneOrMany(
  options: readonly Argument[],
  name: string,
  list: readonly ArgumentValue[],
): ArgumentValue | undefined {
  if (options.find((one) => one.name === name)?.many === true) return list.map(String);
  if (list.length <= 1 || list[0] === true) return list[0];
  throw new KedgeError('bad-argument', { what: `--${name}`, problem: cliTexts.optionTwice });
}

function placed(
  command: Command,
  args: readonly Argument[],
  positionals: readonly string[],
): Arguments {
  const places = args.filter(
    (argument) => argument.positional === true && argument.afterDashes !== true,
  );
  const values: Record<string, ArgumentValue> = {};
  let next = 0;
  for (const place of places) {
    const texts = positionals.slice(next, place.many === true ? undefined : next + 1);
    next += texts.length;
    const [text] = texts;
    if (place.many === true && texts.length > 0) values[place.name] = texts;
    else if (text !== undefined) values[place.name] = typed(place, place.name, text);
    else if (place.required === true) throw missing(command, place);
  }
  const extra = positionals[next];
  if (extra === undefined) return values;
  throw new KedgeError('bad-argument', { what: `"${extra}"`, problem: cliTexts.tooMany });
}

function typed(argument: Argument, what: string, text: string): ArgumentValue {
  if (argument.choices !== undefined && !argument.choices.includes(text))
    throw new KedgeError('bad-argument', { what, problem: cliTexts.choices(argument.choices) });
  if (argument.kind !== 'number' && argument.kind !== 'job') return text;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new KedgeError('bad-argument', { what: `"${text}"`, problem: cliTexts.notANumber });
}

function missing(command: Command, place: Argument): KedgeError {
  const problem = cliTexts.missing(usageOf(command));
  return new KedgeError('bad-argument', { what: place.name, problem });
}

function unknownOption(rawName: string, options: readonly Argument[]): KedgeError {
  const suggestion = suggest(
    rawName,
    options.map((option) => `--${option.name}`),
  );
  const problem =
    suggestion === undefined ? cliTexts.unknownOption : cliTexts.didYouMeanOption(suggestion);
  return new KedgeError('bad-argument', { what: rawName, problem });
}
