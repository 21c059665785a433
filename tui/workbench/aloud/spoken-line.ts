import { type Line, plainText } from '../../widgets/line.ts';

// Bars, borders and lines that only divide: nothing to say.
const decoration =
  /\[[#█░-]{3,}\]|[─│┌┐└┘█░▁▃▅▆\u2800-\u28ff]+|-{4,}|[._=!#-]{5,}|(?:(?<=\s)[+.!x_=#-](?:\s+|$)){4,}/g;

/** A row of the screen as a voice reads it: columns become parts of a sentence, decoration goes. */
export function spokenLine(line: Line): string {
  return spokenText(plainText(line));
}

export function spokenText(text: string): string {
  return text
    .replace(decoration, '  ')
    .trim()
    .replace(/\s{2,}/g, ', ')
    .replace(/(?:, )+(?=[,.:;])/g, '')
    .replace(/([,.:;!?]),(?= )/g, '$1')
    .replace(/,\s*$/, '');
}

/** Rows of text without the empty ones. */
export function spokenLines(lines: readonly Line[]): readonly string[] {
  return lines.map(spokenLine).filter((text) => text !== '');
}
