import type { Cell } from '../../host/screen-cell.ts';
import { type LetterForms, letterForms } from './letter-forms.ts';
import type { TextUnit } from './text-unit.ts';

export interface Shaped {
  readonly units: readonly TextUnit[];
  /** Cells that are not needed any more, because two letters became one sign. */
  readonly saved: number;
}

const forms = letterForms();
const nonJoiner = '\u200C';
const joiner = '\u200D';
const tatweel = '\u0640';
const joiners = /[\u200C\u200D]+/;

/** Letters in the signs they have beside their neighbours, for terminals that do not join them. In the order of reading. */
export function shapeLetters(units: readonly TextUnit[]): Shaped {
  const out: TextUnit[] = [];
  let saved = 0;
  for (let at = 0; at < units.length; at++) {
    const [before, unit, next] = [units[at - 1], units[at], units[at + 1]];
    if (unit === undefined) continue;
    const both = inOneSign(unit, next);
    if (both !== undefined) {
      out.push(withSign(unit, joinsOn(before) ? both.end : both.alone, next));
      saved++;
      at++;
      continue;
    }
    out.push(withSign(unit, signOf(unit, joinsOn(before), joinsBack(next))));
  }
  return { units: out, saved };
}

function signOf(unit: TextUnit, fromBefore: boolean, toNext: boolean): string {
  const letter = forms.get(unit.sign);
  if (letter === undefined) return unit.sign;
  const { alone, end, start, middle } = letter;
  const goesOn = toNext && joinsOn(unit);
  if (fromBefore) return (goesOn ? middle : undefined) ?? end;
  return (goesOn ? start : undefined) ?? alone;
}

/** Whether the next letter is joined to this one. */
function joinsOn(unit: TextUnit | undefined): boolean {
  const text = textOf(unit);
  if (unit === undefined || text.includes(nonJoiner)) return false;
  return (
    text.includes(joiner) || unit.sign === tatweel || forms.get(unit.sign)?.start !== undefined
  );
}

/** Whether this letter is joined to the one before it. */
function joinsBack(unit: TextUnit | undefined): boolean {
  return unit !== undefined && (unit.sign === tatweel || forms.has(unit.sign));
}

/** Lam and alef, where nothing between them needs to be seen. */
function inOneSign(unit: TextUnit, next: TextUnit | undefined): LetterForms | undefined {
  if (unit.sign !== 'ل' || next === undefined || textOf(unit).includes(nonJoiner)) return undefined;
  if (unit.cells[0]?.style !== next.cells[0]?.style) return undefined;
  return forms.get(unit.sign + next.sign);
}

function withSign(unit: TextUnit, sign: string, merged?: TextUnit): TextUnit {
  const [first, ...others] = unit.cells;
  if (first === undefined || (sign === unit.sign && !joiners.test(first.text))) return unit;
  const marks = first.text.slice(1) + textOf(merged).slice(1);
  const cell: Cell = { ...first, text: sign + marks.replace(joiners, '') };
  return { sign: unit.sign, cells: [cell, ...others] };
}

function textOf(unit: TextUnit | undefined): string {
  return unit?.cells.map(({ text }) => text).join('') ?? '';
}
