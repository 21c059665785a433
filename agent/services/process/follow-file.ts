import { readEnd, readFrom } from '../../os/log-file.ts';
import { linesIn } from '../log-lines.ts';
import type { LogPage } from '../manager.ts';

/** What was read last, by which a place is known again after the log was rotated. */
const anchorBytes = 96;
/** At most this much at once; from further behind it goes on near the end. */
const chunkBytes = 512 * 1024;
const rotatedBytes = 1024 * 1024;
/** A line without an end is shown once nothing has been added to it for this long. */
const settledMs = 1000;

interface Cursor {
  readonly offset: number;
  readonly anchor: Buffer;
}

/**
 * The lines of a log file after a cursor, across one rotation. The cursor is the place in the file and the bytes
 * before it: where those are not there any more, the file is another one.
 */
export async function followFile(
  path: string,
  cursor: string | undefined,
  lines: number,
): Promise<LogPage> {
  const from = cursor === undefined ? undefined : parseCursor(cursor);
  if (from === undefined) return await lastLines(path, lines, false);
  const start = from.offset - from.anchor.length;
  const { bytes, size, modifiedMs } = await readFrom(path, start, chunkBytes + anchorBytes);
  const same = bytes.subarray(0, from.anchor.length).equals(from.anchor);
  if (!same) return await afterRotation(path, from, lines);
  if (size - from.offset > chunkBytes) return await lastLines(path, lines, true);
  const fresh = bytes.subarray(from.anchor.length);
  const whole = isSettled(modifiedMs) ? fresh : fresh.subarray(0, fresh.lastIndexOf(0x0a) + 1);
  const read = bytes.subarray(0, from.anchor.length + whole.length);
  return pageOf(linesIn(whole), lines, cursorAt(from.offset + whole.length, read), false);
}

/** The rest of what was moved away; the new file is read from its beginning the next time. */
async function afterRotation(path: string, from: Cursor, lines: number): Promise<LogPage> {
  const old = await readEnd(`${path}.1`, rotatedBytes);
  const at = from.anchor.length === 0 ? -1 : old.lastIndexOf(from.anchor);
  if (at === -1) return await lastLines(path, lines, true);
  const rest = old.subarray(at + from.anchor.length);
  const beginning = cursorAt(0, Buffer.alloc(0));
  if (rest.length === 0) return await followFile(path, beginning, lines);
  return pageOf(linesIn(rest), lines, beginning, false);
}

async function lastLines(path: string, lines: number, gap: boolean): Promise<LogPage> {
  const { size, modifiedMs } = await readFrom(path, 0, 0);
  const { bytes } = await readFrom(path, Math.max(0, size - chunkBytes), chunkBytes);
  const end = isSettled(modifiedMs) ? bytes.length : bytes.lastIndexOf(0x0a) + 1;
  const whole = bytes.subarray(0, end);
  const cursor = cursorAt(Math.max(0, size - chunkBytes) + end, whole);
  const found = linesIn(whole);
  // The first one of a part of a file is but the end of a line.
  const full = size > chunkBytes ? found.slice(1) : found;
  if (gap || full.length >= lines) return { lines: full.slice(-lines), cursor, gap };
  const older = linesIn(await readEnd(`${path}.1`, rotatedBytes));
  return { lines: [...older, ...full].slice(-lines), cursor, gap };
}

function pageOf(found: readonly string[], lines: number, cursor: string, gap: boolean): LogPage {
  return { lines: found.slice(-lines), cursor, gap: gap || found.length > lines };
}

function isSettled(modifiedMs: number): boolean {
  return Date.now() - modifiedMs > settledMs;
}

function cursorAt(offset: number, before: Buffer): string {
  return `${offset}:${before.subarray(-anchorBytes).toString('base64url')}`;
}

function parseCursor(text: string): Cursor | undefined {
  const match = /^(\d{1,15}):([\w-]*)$/.exec(text);
  if (match === null) return undefined;
  const anchor = Buffer.from(match[2] ?? '', 'base64url');
  const offset = Number(match[1]);
  return anchor.length > anchorBytes || anchor.length > offset ? undefined : { offset, anchor };
}
