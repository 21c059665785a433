import { z } from 'zod';
import { KedgeError } from '../../../protocol/failures.ts';
import { runTool } from './run-tool.ts';

/** Bytes that are no UTF-8 come as an array of numbers, and what is too long as null. */
const Entry = z.object({
  MESSAGE: z.union([z.string(), z.array(z.number()), z.null()]).optional(),
});

/** What the service itself printed, oldest first. */
export async function readUnitLog(
  unit: string,
  lines: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return await readJournal([`_SYSTEMD_UNIT=${unit}`], lines, signal);
}

/** The same of one run. */
export async function readRunLog(
  invocationId: string,
  lines: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return await readJournal([`_SYSTEMD_INVOCATION_ID=${invocationId}`], lines, signal);
}

/** What systemd says of the unit: "Dependency failed for ...", "Failed to locate executable ...". */
export async function readManagerLog(
  unit: string,
  lines: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return await readJournal([`UNIT=${unit}`], lines, signal);
}

async function readJournal(
  matches: readonly string[],
  lines: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const args = ['--quiet', '--all', '--output=json', '--output-fields=MESSAGE', `--lines=${lines}`];
  const { code, stdout, stderr } = await runTool('journalctl', [...args, ...matches], signal);
  // Quiet, it says nothing of this and ends well; only a reader without any journal is told so.
  if (code !== 0 && /permission/i.test(stderr)) throw new KedgeError('service-log-denied');
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .flatMap(linesOfEntry);
}

function linesOfEntry(line: string): readonly string[] {
  const { MESSAGE: message } = Entry.parse(JSON.parse(line));
  if (message === undefined || message === null) return [];
  const text = typeof message === 'string' ? message : Buffer.from(message).toString('utf8');
  return text.split('\n');
}
