/** Cells that the longest of these takes, but no fewer than `least`: columns of fixed words fit in every language. */
export function longestWord(words: Readonly<Record<string, string>>, least: number): number {
  return Math.max(least, ...Object.values(words).map(cellsOf));
}

/** Of a word of one cell each, which joiners do not take. */
function cellsOf(word: string): number {
  return word.replaceAll('\u200C', '').length;
}
