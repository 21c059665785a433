/** Longer ones are cut: a page of a terminal shows 200 characters. */
export const longestLine = 4000;

export function cutLine(line: string): string {
  return line.length <= longestLine ? line : `${line.slice(0, longestLine)}...`;
}

/** The lines in some bytes; the last one also where no end of line follows. */
export function linesIn(bytes: Buffer): readonly string[] {
  const text = bytes.toString('utf8');
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n').map(cutLine);
}
