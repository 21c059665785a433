import type { Argument, Command } from '../commands/command.ts';
import { topicIds, topicOf } from '../commands/help/topics.ts';
import { productCommands } from '../commands/registry.ts';
import { wrapRows } from '../commands/report/wrap-rows.ts';
import { fields } from '../commands/table.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';
import { helpTexts } from '../texts/english/help-texts.ts';
import { spoken } from '../texts/spoken.ts';

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
  return usageParts(command).join(' ');
}

function usageParts(command: Command): readonly string[] {
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
  ];
}

/** An option stays in one row with its value. */
function usageRows(command: Command): readonly string[] {
  const parts = usageParts(command).map((part) => part.replaceAll(' ', '\u00a0'));
  const rows = wrapRows([`${cliTexts.usage}:`, ...parts].join(' '), '  ');
  return rows.map((row, at) => (at === 0 ? row.trimStart() : row).replaceAll('\u00a0', ' '));
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
    ...entries(cliTexts.globalOptions),
    '',
    cliTexts.window,
    ...entries(cliTexts.windowOptions),
    '',
    cliTexts.moreHelp,
    ...wrapRows(cliTexts.exitCodes),
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
    ...wrapRows(command.summary),
    '',
    ...usageRows(command),
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
  return rows.length === 0 ? [] : ['', title, ...entries(rows)];
}

/** "  --name NAME  a name for the file", what is long under itself. */
function entries(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([name]) => name.length));
  const indent = ' '.repeat(2 + width + 2);
  return rows.flatMap(([name, value]) => {
    const [first = '', ...rest] = wrapRows(value, indent);
    return [`  ${name.padEnd(width)}${first.slice(2 + width)}`, ...rest];
  });
}

export function commandTable(commands: readonly Command[]): readonly string[] {
  return indented(
    fields(commands.map((command) => [nameOf(command), spoken(command.title)] as const)),
  );
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
