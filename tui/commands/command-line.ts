import { quoteForShell } from '../texts/quote-for-shell.ts';
import type { Argument, Arguments, ArgumentValue, Command } from './command.ts';

/** The command line that does the same, ready to paste into a shell; undefined for workbench commands. */
export function commandLine(command: Command, args: Arguments): string | undefined {
  if (command.cli === undefined) return undefined;
  const options = command.args.filter((argument) => argument.positional !== true);
  const positionals = command.args.filter((argument) => argument.positional === true);
  const words = [
    'kedge',
    ...command.cli,
    ...positionals
      .filter((argument) => argument.afterDashes !== true)
      .flatMap((argument) => wordsOf(args[argument.name])),
    ...options.flatMap((argument) => optionWords(argument, args[argument.name])),
    ...positionals
      .filter((argument) => argument.afterDashes === true)
      .flatMap((argument) => afterDashes(args[argument.name])),
  ];
  return words.map(quoteForShell).join(' ');
}

function wordsOf(value: ArgumentValue | undefined): readonly string[] {
  if (value === undefined || value === '') return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

function afterDashes(value: ArgumentValue | undefined): readonly string[] {
  const words = wordsOf(value);
  return words.length === 0 ? [] : ['--', ...words];
}

function optionWords(argument: Argument, value: ArgumentValue | undefined): readonly string[] {
  if (value === undefined || value === false || value === '') return [];
  if (argument.kind === 'flag') return [`--${argument.name}`];
  return wordsOf(value).flatMap((word) => [`--${argument.name}`, word]);
}
