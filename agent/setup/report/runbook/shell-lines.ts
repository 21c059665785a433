import { cut } from './page-lines.ts';

/** A word that the shell reads as it stands, such as `|` or `~/here`. */
export interface RawWord {
  readonly raw: string;
}
export type ShellWord = string | RawWord;

/** Commands are typed off paper, or copied: four blanks in front, and a backslash where one goes on. */
const indent = '    ';
const cells = 78 - indent.length;

export function raw(text: string): RawWord {
  return { raw: text };
}

/** One command line as a shell reads it, on as many rows of a page as it takes. */
export function shellLines(...words: readonly ShellWord[]): readonly string[] {
  const rows: string[] = [];
  let row = indent;
  for (const word of words) {
    const [first = '', ...rest] = piecesOf(word);
    if (row !== indent && row.length + 1 + first.length > cells + indent.length) {
      rows.push(`${row} \\`);
      row = indent;
    }
    row = row === indent ? indent + first : `${row} ${first}`;
    // Within a word nothing may stand between the backslash and what follows, blanks neither.
    for (const piece of rest) {
      rows.push(`${row}\\`);
      row = piece;
    }
  }
  return [...rows, row];
}

/** A word that fits no row is quoted piece by piece. */
function piecesOf(word: ShellWord): readonly string[] {
  if (typeof word !== 'string') return [word.raw];
  if (quoted(word).length <= cells) return [quoted(word)];
  return cut(word, 60).map(quoted);
}

function quoted(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
