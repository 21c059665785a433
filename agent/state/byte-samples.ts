import * as z from 'zod';
import type { StateDatabase } from './state-database.ts';

/** Bytes of all backups at a moment. */
export interface ByteSample {
  readonly atMs: number;
  readonly bytes: number;
}

/** What backups took on each day, so that growth can be told: the list itself forgets what was deleted. */
export interface ByteSamples {
  /** The first of a day (UTC) counts. */
  add(sample: ByteSample): void;
  /** The last one at or before a moment, else the first one after it. */
  nearest(atMs: number): ByteSample | undefined;
  /** Oldest first. */
  since(fromMs: number): readonly ByteSample[];
}

const dayMs = 24 * 3_600_000;
const keptDays = 400;

const Row = z
  .object({ at_ms: z.number(), bytes: z.number() })
  .transform((row): ByteSample => ({ atMs: row.at_ms, bytes: row.bytes }));

export function openByteSamples(database: StateDatabase): ByteSamples {
  const insert = database.prepare(
    'insert or ignore into byte_samples (day, at_ms, bytes) values (?, ?, ?)',
  );
  const prune = database.prepare('delete from byte_samples where day < ?');
  const before = database.prepare(
    'select at_ms, bytes from byte_samples where at_ms <= ? order by at_ms desc limit 1',
  );
  const after = database.prepare(
    'select at_ms, bytes from byte_samples where at_ms > ? order by at_ms limit 1',
  );
  const since = database.prepare(
    'select at_ms, bytes from byte_samples where at_ms >= ? order by at_ms',
  );
  return {
    add({ atMs, bytes }) {
      const day = Math.floor(atMs / dayMs);
      if (insert.run(day, atMs, bytes).changes > 0) prune.run(day - keptDays);
    },
    nearest: (atMs) => Row.optional().parse(before.get(atMs) ?? after.get(atMs)),
    since: (fromMs) => since.all(fromMs).map((row) => Row.parse(row)),
  };
}
