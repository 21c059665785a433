import { texts } from '../../texts/texts.ts';

/** The end of a text that goes on, such as a log: how many rows it has in all, and the newest of them. */
export interface SpokenTail {
  readonly rows: number;
  readonly newest: readonly string[];
}

/** Said of what came at once; of more only how many there are, as nobody follows a flood by ear. */
const saidAtOnce = 3;
const tailRows = 50;

export function tailOf(rows: readonly string[]): SpokenTail {
  return { rows: rows.length, newest: rows.slice(-tailRows) };
}

/** What came since. A text that became shorter is another one, by a filter: nothing came. */
export function grownBy(
  before: SpokenTail | undefined,
  after: SpokenTail | undefined,
): readonly string[] {
  if (before === undefined || after === undefined) return [];
  const fresh = after.newest.slice(firstNew(before, after));
  if (fresh.length === 0) return [];
  return fresh.length <= saidAtOnce
    ? fresh
    : [texts.aloud.newLines(fresh.length), ...fresh.slice(-saidAtOnce)];
}

/** A log that is full loses a line at its start for each new one: then the last known one is looked for. */
function firstNew(before: SpokenTail, after: SpokenTail): number {
  if (after.rows < before.rows) return after.newest.length;
  if (after.rows > before.rows)
    return Math.max(0, after.newest.length - (after.rows - before.rows));
  const last = before.newest.at(-1);
  return last === undefined ? 0 : after.newest.lastIndexOf(last) + 1;
}
