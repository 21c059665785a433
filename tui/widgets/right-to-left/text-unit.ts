import type { Cell } from '../../host/screen-cell.ts';

/** What keeps its cells together in every order: a letter with its marks, a wide sign, a piece of Latin text. */
export interface TextUnit {
  readonly cells: readonly Cell[];
  /** What it is to the bidirectional algorithm, one UTF-16 unit. */
  readonly sign: string;
}

/** Stands for a piece with an order of its own, as for an isolate. */
export const objectSign = '\uFFFC';
/** Of signs outside the basic plane, such as pictures. */
const otherSign = '\u25A1';

export const rightToLeftLetter = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;
/** Digits and their signs are in the Arabic block too, but are read from left to right. */
const strongLetter = /(?=\p{L})[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const latinWord = /^[("«]*\p{Script=Latin}+[)"»,.:;!?…]*$/u;
const latinOrDigit = /[\p{Script=Latin}\p{Nd}]/u;
const persianDigitsOnly = /^[\u0660-\u0669\u06F0-\u06F9\p{P}\p{S}]+$/u;
/** Not a sentence that begins with one: "/mnt/backup: ...". */
const path = /^[~.]{0,2}\/(?!\S*: )/;

export function readsFromRight(text: string): boolean {
  return strongLetter.test(text);
}

/**
 * The direction of most words, not counting names of files, versions and the like; of a path it is left to right
 * whatever its names are written in.
 */
export function baseDirection(text: string): 'ltr' | 'rtl' {
  if (path.test(text)) return 'ltr';
  const words = text.split(' ');
  const right = words.filter(readsFromRight).length;
  const left = words.filter((word) => latinWord.test(word)).length;
  return right >= left ? 'rtl' : 'ltr';
}

/** Cells in units, in the order of reading. `base`: pieces that read from left to right in text that does not are one. */
export function unitsOf(cells: readonly Cell[], base: 'ltr' | 'rtl'): readonly TextUnit[] {
  const isPath = base === 'ltr' && path.test(cells.map(({ text }) => text).join(''));
  const units = lettersOf(cells).map((unit) =>
    // So that each name of a path has an order of its own.
    isPath && unit.sign === '/' ? { ...unit, sign: 'a' } : unit,
  );
  return base === 'ltr' ? units : withPieces(units);
}

function lettersOf(cells: readonly Cell[]): readonly TextUnit[] {
  return cells.flatMap((cell, at): TextUnit[] => {
    if (cell.text === '') return [];
    const half = cells[at + 1];
    const isWide = half?.text === '';
    return [
      {
        cells: isWide ? [cell, half] : [cell],
        sign: (cell.text.codePointAt(0) ?? 0) > 0xffff ? otherSign : cell.text.charAt(0),
      },
    ];
  });
}

/** Names, paths, commands, times, and numbers with units become one unit each: their inside is read as it stands. */
function withPieces(units: readonly TextUnit[]): readonly TextUnit[] {
  const words = wordsOf(units);
  const out: TextUnit[] = [];
  let done = 0;
  for (let at = 0; at < words.length; at++) {
    const first = words[at];
    if (first === undefined || !first.isPiece) continue;
    let last = first;
    for (let next = words[at + 1]; next !== undefined && goesOn(last, next); next = words[at + 1]) {
      last = next;
      at++;
    }
    out.push(...units.slice(done, first.start), pieceOf(units.slice(first.start, last.end)));
    done = last.end;
  }
  return [...out, ...units.slice(done)];
}

interface Word {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly isPiece: boolean;
}

/** A date and a time in Persian digits are two, which follow each other from right to left. */
function goesOn(before: Word, next: Word): boolean {
  return (
    next.isPiece &&
    next.start === before.end + 1 &&
    !(persianDigitsOnly.test(before.text) && persianDigitsOnly.test(next.text))
  );
}

function pieceOf(units: readonly TextUnit[]): TextUnit {
  return { cells: units.flatMap(({ cells }) => cells), sign: objectSign };
}

function wordsOf(units: readonly TextUnit[]): readonly Word[] {
  const signs = units.map(({ sign }) => sign).join('');
  return [...signs.matchAll(/[^ \u00A0]+/g)].map(({ 0: word, index }) => {
    const start = index + (/^[([{«"']*/.exec(word)?.[0].length ?? 0);
    const end = index + word.length - trailing(word);
    const text = signs.slice(start, end);
    return { start, end, text, isPiece: latinOrDigit.test(text) && !readsFromRight(text) };
  });
}

/** Signs behind a word that belong to the sentence; a bracket that is opened in the word is the word's. */
function trailing(word: string): number {
  const found = /[)\]}»"'،؛:.,!?؟…]*$/.exec(word)?.[0] ?? '';
  const closes = /[)\]}]/.exec(found);
  if (closes === null || !/.[([{]/.test(word)) return found.length;
  return found.length - closes.index - 1;
}
