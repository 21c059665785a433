import * as z from 'zod';
import { KedgeError } from '../../../protocol/failures.ts';
import { cutLine } from '../log-lines.ts';
import type { LogPage } from '../manager.ts';
import { runTool } from './run-tool.ts';

/** Bytes that are no UTF-8 come as an array of numbers, and what is too long as null. */
const Entry = z.object({
  MESSAGE: z.union([z.string(), z.array(z.number()), z.null()]).optional(),
  /** Microseconds since the boot. */
  __MONOTONIC_TIMESTAMP: z.coerce.number().optional(),
  __CURSOR: z.string().optional(),
});
type Entry = z.infer<typeof Entry>;

/** What the service itself printed, oldest first. */
export async function readUnitLog(
  unit: string,
  lines: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const entries = await readJournal([`_SYSTEMD_UNIT=${unit}`], lines, signal);
  return entries.flatMap(linesOfEntry).slice(-lines);
}

/**
 * The same after an entry, whose cursor is journald's own; the last lines without one. No `--follow`: it loses what
 * comes while it starts.
 */
export async function readUnitLogAfter(
  unit: string,
  cursor: string | undefined,
  lines: number,
  signal: AbortSignal,
): Promise<LogPage> {
  // Of a journal that had nothing yet.
  const after =
    cursor === undefined || !/^[\w=;-]+$/.test(cursor) ? [] : [`--after-cursor=${cursor}`];
  const entries = await readJournal([...after, `_SYSTEMD_UNIT=${unit}`], lines, signal);
  const found = entries.flatMap(linesOfEntry).map(cutLine);
  const next = entries.at(-1)?.__CURSOR ?? cursor ?? '';
  return { lines: found.slice(-lines), cursor: next, gap: found.length > lines };
}

/**
 * The same since a moment of this boot. By time, as the journal does not know the invocation of a process that
 * ended before it was looked at.
 */
export async function readLogSince(
  unit: string,
  sinceUs: number,
  lines: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const entries = await readJournal(['--boot', `_SYSTEMD_UNIT=${unit}`], lines, signal);
  return since(entries, sinceUs);
}

/** What systemd says of the unit: "Dependency failed for ...". */
export async function readManagerLog(
  unit: string,
  lines: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  return (await readJournal([`UNIT=${unit}`], lines, signal)).flatMap(linesOfEntry);
}

/** What it says of a process that it could not make: "Failed to locate executable ...". */
export async function readStepFailures(
  unit: string,
  sinceUs: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const entries = await readJournal(['--boot', `UNIT=${unit}`], 10, signal);
  return since(entries, sinceUs).filter((line) => /: Failed (at step|to) /.test(line));
}

function since(entries: readonly Entry[], sinceUs: number): readonly string[] {
  return entries
    .filter(({ __MONOTONIC_TIMESTAMP: atUs = 0 }) => atUs >= sinceUs)
    .flatMap(linesOfEntry);
}

async function readJournal(
  matches: readonly string[],
  lines: number,
  signal: AbortSignal,
): Promise<readonly Entry[]> {
  const args = ['--quiet', '--all', '--output=json', '--output-fields=MESSAGE', `--lines=${lines}`];
  const { code, stdout, stderr } = await runTool('journalctl', [...args, ...matches], signal);
  if (code !== 0 && /permission/i.test(stderr)) throw new KedgeError('service-log-denied');
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => Entry.parse(JSON.parse(line)));
}

function linesOfEntry({ MESSAGE: message }: Entry): readonly string[] {
  if (message === undefined || message === null) return [];
  const text = typeof message === 'string' ? message : Buffer.from(message).toString('utf8');
  return text.split('\n');
}
