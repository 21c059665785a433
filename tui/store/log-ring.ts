import type { LogLine } from '../../protocol/domain/snapshot.ts';

/** A line with its number since the start, by which it is found again when others have come. */
export interface NumberedLine extends LogLine {
  readonly number: number;
}

/** The last lines of a log, oldest first. A new one copies none of the others: thousands come in a second. */
export interface LogRing {
  /** Lines from `from` on are shown. Only ever appended to, by the newest ring that has it. */
  readonly buffer: NumberedLine[];
  readonly from: number;
  readonly to: number;
}

/** Lines that are kept. */
export const logLimit = 2_000;

export const emptyLog: LogRing = { buffer: [], from: 0, to: 0 };

export function ringOf(lines: readonly LogLine[]): LogRing {
  const buffer = lines.slice(-logLimit).map((line, number) => ({ ...line, number }));
  return { buffer, from: 0, to: buffer.length };
}

export function withLine(log: LogRing, line: LogLine): LogRing {
  const buffer = roomAfter(log);
  const start = log.to - (log.buffer === buffer ? 0 : log.from);
  const number = (buffer.at(-1)?.number ?? -1) + 1;
  buffer.push({ ...line, number });
  const to = start + 1;
  return { buffer, from: Math.max(0, to - logLimit), to };
}

/**
 * A list that may be appended to: the same, unless lines stand there already that an older ring does not know, or
 * as many old ones as are kept lie before those that are.
 */
function roomAfter({ buffer, from, to }: LogRing): NumberedLine[] {
  return buffer.length === to && from < logLimit && to > 0 ? buffer : buffer.slice(from, to);
}

const read = new WeakMap<LogRing, readonly NumberedLine[]>();

export function linesOf(log: LogRing): readonly NumberedLine[] {
  const known = read.get(log) ?? log.buffer.slice(log.from, log.to);
  read.set(log, known);
  return known;
}
