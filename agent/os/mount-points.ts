import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Absolute paths on which something is mounted in this process's view; a bind mount can't be told by its device. */
export async function mountPoints(): Promise<ReadonlySet<string>> {
  const lines = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n');
  return new Set(lines.map((line) => unescapeOctal(line.split(' ')[4] ?? '')));
}

/** Whether something is mounted on a path, symlinks on its way resolved. */
export async function isMountPoint(path: string): Promise<boolean> {
  if ((await mountPoints()).has(path)) return true;
  const [own, parent] = await Promise.all([deviceOf(path), deviceOf(dirname(path))]);
  return own !== undefined && parent !== undefined && own !== parent;
}

async function deviceOf(path: string): Promise<number | undefined> {
  return await stat(path).then(
    ({ dev }) => dev,
    () => undefined,
  );
}

/** The kernel writes blanks, tabs, newlines and backslashes as \040 and so on. */
function unescapeOctal(text: string): string {
  return text.replaceAll(/\\(\d{3})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 8)),
  );
}
