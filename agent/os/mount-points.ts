import { readFile } from 'node:fs/promises';

/** Absolute paths on which something is mounted in this process's view; a bind mount can't be told by its device. */
export async function mountPoints(): Promise<ReadonlySet<string>> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n');
  return new Set(lines.map((line) => unescapeOctal(line.split(' ')[4] ?? '')));
}

/** The kernel writes blanks, tabs, newlines and backslashes as \040 and so on. */
function unescapeOctal(text: string): string {
  return text.replaceAll(/\\(\d{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
