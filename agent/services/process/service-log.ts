import { readEnd, rotateLog } from '../../os/log-file.ts';

/** Begins the line that Kedge puts into a service's log at each start. */
export const startMark = '== started by Kedge';

const limitBytes = 8 * 1024 * 1024;
/** Enough for a thousand long lines; a page of a terminal shows fifty. */
const tailBytes = 1024 * 1024;
const lastLineBytes = 4096;

export async function keepLogBounded(path: string, limit = limitBytes): Promise<void> {
  await rotateLog(path, limit);
}

/** The last lines, oldest first, across one rotation. */
export async function tailLog(path: string, count: number): Promise<readonly string[]> {
  const lines = linesOf(await readEnd(path, tailBytes));
  if (lines.length >= count) return lines.slice(-count);
  const older = linesOf(await readEnd(`${path}.1`, tailBytes));
  return [...older, ...lines].slice(-count);
}

/** The last line of the latest start, fit for one line of a screen; empty where it wrote nothing. */
export async function lastLogLine(path: string): Promise<string> {
  const lines = linesOf(await readEnd(path, lastLineBytes)).filter((line) => line.trim() !== '');
  const last = lines.at(-1) ?? '';
  return last.startsWith(startMark)
    ? ''
    : last
        .replaceAll(/\p{Cc}+/gu, ' ')
        .trim()
        .slice(0, 200);
}

function linesOf(bytes: Buffer): string[] {
  const text = bytes.toString('utf8');
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}
