// biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence begins with one.
const colours = /\u001b\[[\d;]*m/g;

/** A line of a log as it is shown: tabs as blanks, and without the colours that services like to print. */
export function logText(line: string): string {
  return line.replace(colours, '').replaceAll('\t', '    ');
}
