import type { Argument, Command } from '../commands/command.ts';
import { topicRows } from '../commands/help/topic-rows.ts';
import { topicIds, topicOf } from '../commands/help/topics.ts';
import { productCommands } from '../commands/registry.ts';
import { kedgeVersion } from '../host/kedge-version.ts';
import { cliTexts } from '../texts/english/cli-texts.ts';
import { manTexts } from '../texts/english/man-texts.ts';
import { describeArgument, optionWords, placeholderOf, usageOf } from './help.ts';

/** The manual page kedge(1), as troff with the macros of man(7): commands from the registry, topics from the help. */
export function manPage(): string {
  const { name, tagline, environment, seeAlso } = manTexts;
  return [
    `.TH KEDGE 1 "" "Kedge ${kedgeVersion}" "${manTexts.heading}"`,
    '.SH NAME',
    `kedge \\- ${troff(name)}`,
    '.SH SYNOPSIS',
    ...manTexts.synopsis.flatMap(([words, what]) => [
      '.TP',
      `\\fB${troff(words)}\\fR`,
      troff(what),
    ]),
    '.SH DESCRIPTION',
    ...tagline.flatMap((text) => ['.PP', troff(text)]),
    '.SH COMMANDS',
    ...productCommands.flatMap(commandLines),
    `.SH "${cliTexts.everywhere.toUpperCase()}"`,
    ...cliTexts.globalOptions.flatMap(([words, what]) => entry(words, what)),
    `.SH "${cliTexts.window.toUpperCase()}"`,
    ...cliTexts.windowOptions.flatMap(([words, what]) => entry(words, what)),
    ...topicIds.flatMap(topicSection),
    '.SH ENVIRONMENT',
    ...environment.flatMap(([words, what]) => entry(words, what)),
    '.SH "SEE ALSO"',
    troff(seeAlso),
    '',
  ].join('\n');
}

function commandLines(command: Command): readonly string[] {
  const { args, examples, startsJob } = command;
  const [places, options] = [true, false].map((wanted) =>
    args.filter(({ positional = false }) => positional === wanted),
  );
  const jobOptions = startsJob === true ? cliTexts.jobOptions : [];
  return [
    `.SS "kedge ${(command.cli ?? []).join(' ')}"`,
    troff(command.summary),
    '.PP',
    troff(usageOf(command)),
    ...(places ?? []).flatMap((one) => argumentLines(placeholderOf(one), one)),
    ...(options ?? []).flatMap((one) => argumentLines(optionWords(one), one)),
    ...jobOptions.flatMap(([words, what]) => entry(words, what)),
    '.PP',
    '.nf',
    ...examples.map((example) => `  ${troff(example)}`),
    '.fi',
  ];
}

function argumentLines(words: string, argument: Argument): readonly string[] {
  return entry(words, describeArgument(argument));
}

function entry(words: string, what: string): readonly string[] {
  return ['.TP', `\\fB${troff(words)}\\fR`, troff(what)];
}

/** Wide enough that no paragraph is broken here: man does that. */
const anyWidth = Number.MAX_SAFE_INTEGER;

function topicSection(id: (typeof topicIds)[number]): readonly string[] {
  const { title, body } = topicOf(id);
  const rows = topicRows(body, anyWidth, (text) => [text]);
  return [
    `.SH "${title.toUpperCase()}"`,
    ...rows.flatMap(({ kind, text }, at): readonly string[] => {
      switch (kind) {
        case 'heading':
          return [`.SS "${text.replaceAll('"', '\\(dq')}"`];
        case 'code':
          return [
            ...(rows[at - 1]?.kind === 'code' ? [] : ['.PP', '.nf']),
            troff(text),
            ...(rows[at + 1]?.kind === 'code' ? [] : ['.fi']),
          ];
        case 'text':
          return text.startsWith('- ')
            ? ['.IP \\(bu 2', troff(text.slice(2))]
            : ['.PP', troff(text)];
        case 'blank':
          return [];
        default:
          return kind satisfies never;
      }
    }),
  ];
}

/** Text that troff takes for nothing else; a hyphen stays the sign that a shell knows. */
function troff(text: string): string {
  const signs = text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('~', '\\(ti')
    .replaceAll('^', '\\(ha')
    .replaceAll('`', '\\(ga');
  return /^[. ]/.test(signs) ? `\\&${signs}` : signs;
}
