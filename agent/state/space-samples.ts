import * as z from 'zod';
import type { StateDatabase } from './state-database.ts';

/** Free bytes of a place, known by its folder or its drive, as seen once an hour for the last weeks. */
export interface SpaceSamples {
  add(series: string, atMs: number, freeBytes: number): void;
  /** Oldest first. */
  of(series: string): readonly { readonly atMs: number; readonly freeBytes: number }[];
}

/** Longer than any forecast looks back. */
const keptMs = 35 * 24 * 3_600_000;

const Row = z.object({ at_ms: z.number(), free_bytes: z.number() });

export function openSpaceSamples(database: StateDatabase): SpaceSamples {
  const put = database.prepare(
    'insert or replace into space_samples (series, at_ms, free_bytes) values (?, ?, ?)',
  );
  // Those of a clock that was ahead would outlive all others.
  const expire = database.prepare('delete from space_samples where at_ms < ? or at_ms > ?');
  const find = database.prepare(
    'select at_ms, free_bytes from space_samples where series = ? order by at_ms',
  );
  const add = database.transaction((series: string, atMs: number, freeBytes: number) => {
    expire.run(atMs - keptMs, atMs);
    put.run(series, atMs, freeBytes);
  });
  return {
    add: (series, atMs, freeBytes) => void add(series, atMs, freeBytes),
    of: (series) =>
      find.all(series).map((raw) => {
        const { at_ms: atMs, free_bytes: freeBytes } = Row.parse(raw);
        return { atMs, freeBytes };
      }),
  };
}
