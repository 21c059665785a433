import type { CompletionTables, Offered } from './completion-tables.ts';

/** The tables as functions that bash and zsh read alike: each prints what belongs to its key. */
export function shellCases(tables: CompletionTables): readonly string[] {
  return [
    ...caseFunction('_kedge_words', linesByKey(tables.words)),
    ...caseFunction('_kedge_options', linesByKey(tables.options)),
    ...caseFunction('_kedge_value', [...tables.values]),
    ...caseFunction('_kedge_rest', [...tables.rest]),
    ...caseFunction('_kedge_everywhere', [...tables.everywhere]),
  ];
}

/** What is offered behind each key, a line each. */
export function linesByKey(
  map: ReadonlyMap<string, readonly Offered[]>,
): readonly (readonly [key: string, text: string])[] {
  return [...map].map(([key, offered]) => [key, offered.map(offeredLine).join('\n')]);
}

/** As the hidden command of names prints it too: the word, a tab, what it means. */
function offeredLine({ word, meaning }: Offered): string {
  return meaning === '' ? word : `${word}\t${meaning}`;
}

function caseFunction(
  name: string,
  entries: readonly (readonly [key: string, text: string])[],
): readonly string[] {
  return [
    `${name}() {`,
    '  case $1 in',
    ...entries.map(([key, text]) => `    ${quoted(key)}) printf '%s\\n' ${quoted(text)} ;;`),
    '  esac',
    '}',
  ];
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
