import type { Tone } from '../theme/theme.ts';
import { fitText } from '../widgets/cells.ts';
import { emptyLine, type Line, line, span } from '../widgets/line.ts';
import { wordWrap } from '../widgets/word-wrap.ts';

const labelCells = 16;

/** "Label           value", the value wrapped under itself. */
export function labelled(
  label: string,
  value: string,
  width: number,
  tone: Tone = 'plain',
): readonly Line[] {
  const rows = wordWrap(value, Math.max(10, width - labelCells));
  return rows.map((row, index) => [
    span(fitText(index === 0 ? label : '', labelCells, '~'), 'muted'),
    span(row, tone),
  ]);
}

/** A remark in the width of the editor, wrapped, one cell from its edge. */
export function noteLines(text: string, cells: number): readonly Line[] {
  return paragraph(text, cells - 2, 'muted').map((one): Line => [span(' '), ...one]);
}

/** The head of a column where it stands before its value: "DISK IN USE" as "Disk in use". */
export function labelOf(head: string): string {
  const [first = '', ...rest] = Array.from(head);
  return first + rest.join('').toLowerCase();
}

export function heading(text: string): readonly Line[] {
  return [emptyLine, line(text, 'heading')];
}

/** A paragraph with a sign in front, wrapped behind it. */
export function bullet(
  sign: string,
  text: string,
  width: number,
  tone: Tone = 'plain',
): readonly Line[] {
  const indent = sign.length + 1;
  return wordWrap(text, width - indent).map((row, index) => [
    span(index === 0 ? `${sign} ` : ' '.repeat(indent), tone),
    span(row, tone),
  ]);
}

export function paragraph(text: string, width: number, tone?: Tone): readonly Line[] {
  return wordWrap(text, width).map((row) => line(row, tone));
}
