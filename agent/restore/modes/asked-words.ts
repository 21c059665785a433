import type { KeyValue, RestorePart } from '../../../protocol/domain/restore-order.ts';
import { type Asked, modeOf } from './asked.ts';

/** The options of the command line that ask for the same, each quoted for a shell, with a blank before it. */
export function askedWords(asked: Asked): string {
  const words = [...modeWords(asked), ...(asked.parts ?? []).flatMap(partWords)];
  return words.map((word) => ` ${quoted(word)}`).join('');
}

function modeWords(asked: Asked): readonly string[] {
  const mode = modeOf(asked);
  switch (mode.kind) {
    case 'replace':
      return [];
    case 'merge':
      return ['--keep-newer'];
    case 'elsewhere':
      return ['--elsewhere', mode.folder];
    case 'beside':
      return ['--beside'];
    default:
      return mode satisfies never;
  }
}

function partWords({ source, paths, tables }: RestorePart): readonly string[] {
  if (paths === undefined && tables === undefined) return ['--only', source];
  return [
    ...(paths ?? []).flatMap((path) => ['--only', `${source}/${path}`]),
    ...(tables ?? []).flatMap(({ table, keys }) =>
      keys === undefined
        ? ['--table', `${source}.${table}`]
        : keys.flatMap((key) => ['--row', `${source}.${table}=${keyWord(key)}`]),
    ),
  ];
}

/** One whole number as it is, all else as JSON. */
function keyWord(key: readonly KeyValue[]): string {
  const [first] = key;
  if (key.length === 1 && typeof first === 'number') return String(first);
  return JSON.stringify(key);
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
