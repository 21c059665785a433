/** A log that is read on and on. `held`: what came while the page stood still. */
export interface ShownLog {
  readonly lines: readonly ShownLogLine[];
  readonly held: readonly ShownLogLine[];
  readonly cursor: string;
}

/** Null: lines are missing here. */
export type ShownLogLine = string | null;

/** Kept of each: half an hour of a chatty service, 1 MB of usual lines. */
export const keptLines = 5_000;

/** The log with what followed. `paused`: nothing moves under the reader's eyes. */
export function withPage(
  log: ShownLog | undefined,
  page: { readonly lines: readonly string[]; readonly gap: boolean; readonly cursor: string },
  paused: boolean,
): ShownLog {
  const { cursor } = page;
  if (log === undefined) return { lines: page.lines.slice(-keptLines), held: [], cursor };
  const fresh: readonly ShownLogLine[] = page.gap ? [null, ...page.lines] : page.lines;
  if (paused) return { ...log, held: [...log.held, ...fresh].slice(-keptLines), cursor };
  return { lines: [...log.lines, ...log.held, ...fresh].slice(-keptLines), held: [], cursor };
}

const releases = new WeakMap<ShownLog, ShownLog>();

/** What was held back added to the rest; the same object for the same log. */
export function released(log: ShownLog): ShownLog {
  if (log.held.length === 0) return log;
  const known = releases.get(log);
  if (known !== undefined) return known;
  const next = { ...log, lines: [...log.lines, ...log.held].slice(-keptLines), held: [] };
  releases.set(log, next);
  return next;
}
