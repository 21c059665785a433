import type { Argument, Command } from '../commands/command.ts';
import { topicIds, topicOf } from '../commands/help/topics.ts';
import { productCommands } from '../commands/registry.ts';
import { fields } from '../commands/table.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';
import { helpTexts } from '../texts/english/help-texts.ts';

/** Help for everything, for a group such as "backup", or for one command. */
export function helpLines(words: readonly string[]): readonly string[] {
  const inGroup = productCommands.filter(({ cli = [] }) =>
    words.every((word, n) => cli[n] === word),
  );
  const exact = inGroup.find(({ cli = [] }) => cli.length === words.length);
  if (words.length === 0) return globalHelp();
  if (exact === undefined) return groupHelp(words, inGroup);
  const others = inGroup.filter((command) => command !== exact);
  const also = others.length === 0 ? [] : ['', cliTexts.alsoInGroup, ...commandTable(others)];
  return [...commandHelp(exact), ...also];
}

/** "kedge backup create [--name NAME] [--dry-run]". */
export function usageOf(command: Command): string {
  const words = ['kedge', ...(command.cli ?? [])];
  const places = command.args.filter((argument) => argument.positional === true);
  const options = command.args.filter((argument) => argument.positional !== true);
  const [before, after] = [
    places.filter((one) => one.afterDashes !== true),
    places.filter((one) => one.afterDashes === true),
  ];
  return [
    ...words,
    ...before.map(placeUsage),
    ...options.map(optionUsage),
    ...after.map((one) => `[-- ${placeholderOf(one)}...]`),
  ].join(' ');
}

function globalHelp(): readonly string[] {
  const [bareWord, bareText] = cliTexts.bare;
  const [daemonWord, daemonText] = cliTexts.daemon;
  return [
    cliTexts.tagline,
    '',
    cliTexts.commands,
    ...indented(
      fields([
        [bareWord, bareText],
        ...productCommands.map((command) => [nameOf(command), command.title] as const),
        [daemonWord, daemonText],
      ]),
    ),
    '',
    helpTexts.topics,
    ...indented(fields(topicIds.map((id) => [`kedge help ${id}`, topicOf(id).title] as const))),
    '',
    cliTexts.everywhere,
    ...indented(fields(cliTexts.globalOptions)),
    '',
    cliTexts.window,
    ...indented(fields(cliTexts.windowOptions)),
    '',
    cliTexts.moreHelp,
    cliTexts.exitCodes,
  ];
}

function groupHelp(words: readonly string[], commands: readonly Command[]): readonly string[] {
  return [
    `${cliTexts.usage}: kedge ${words.join(' ')} COMMAND`,
    '',
    cliTexts.commands,
    ...commandTable(commands),
    '',
    cliTexts.moreHelp,
  ];
}

function commandHelp(command: Command): readonly string[] {
  const places = command.args.filter((argument) => argument.positional === true);
  const options = command.args.filter((argument) => argument.positional !== true);
  const jobOptions = command.startsJob === true ? cliTexts.jobOptions : [];
  return [
    command.summary,
    '',
    `${cliTexts.usage}: ${usageOf(command)}`,
    ...section(
      cliTexts.arguments,
      places.map((one) => [placeholderOf(one), describeArgument(one)]),
    ),
    ...section(cliTexts.options, [
      ...options.map((one) => [optionWords(one), describeArgument(one)] as const),
      ...jobOptions.map(([option, text]) => [option, text] as const),
    ]),
    ...(command.id === 'demo' ? section(cliTexts.window, cliTexts.windowOptions) : []),
    ...section(cliTexts.everywhere, cliTexts.globalOptions),
    '',
    cliTexts.examples,
    ...indented(command.examples),
  ];
}

function section(title: string, rows: readonly (readonly [string, string])[]): readonly string[] {
  return rows.length === 0 ? [] : ['', title, ...indented(fields(rows))];
}

export function commandTable(commands: readonly Command[]): readonly string[] {
  return indented(fields(commands.map((command) => [nameOf(command), command.title] as const)));
}

function nameOf(command: Command): string {
  return ['kedge', ...(command.cli ?? [])].join(' ');
}

export function describeArgument(argument: Argument): string {
  if (argument.choices === undefined) return argument.description;
  return `${argument.description}; ${cliTexts.choices(argument.choices)}`;
}

function placeUsage(argument: Argument): string {
  const name = `${placeholderOf(argument)}${argument.many === true ? '...' : ''}`;
  return argument.required === true ? name : `[${name}]`;
}

function optionUsage(argument: Argument): string {
  return `[${optionWords(argument)}]${argument.many === true ? '...' : ''}`;
}

export function optionWords(argument: Argument): string {
  if (argument.kind === 'flag') return `--${argument.name}`;
  return `--${argument.name} ${placeholderOf(argument)}`;
}

export function placeholderOf(argument: Argument): string {
  return argument.placeholder ?? argument.name.toUpperCase();
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
