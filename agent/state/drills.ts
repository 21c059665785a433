import * as z from 'zod';
import type { StateDatabase } from './state-database.ts';

/** The last drill of a backup. `problem` absent: it is proven. */
export interface DrillRecord {
  readonly atMs: number;
  readonly seconds: number;
  readonly problem?: string;
}

export interface Drills {
  get(backup: string): DrillRecord | undefined;
  /** In the place of the one before. */
  set(backup: string, record: DrillRecord): void;
  /** Of all backups, those that are gone included. */
  newest(): DrillRecord | undefined;
}

const Row = z.object({
  backup: z.string(),
  at_ms: z.number(),
  seconds: z.number(),
  problem: z.string().nullable(),
});

export function openDrills(database: StateDatabase): Drills {
  const put = database.prepare(
    'insert or replace into drills (backup, at_ms, seconds, problem) values (?, ?, ?, ?)',
  );
  // Held in memory: they are asked for with every line of every list, and nobody else writes them.
  const drills = new Map<string, DrillRecord>();
  for (const raw of database.prepare('select backup, at_ms, seconds, problem from drills').all()) {
    const { backup, at_ms: atMs, seconds, problem } = Row.parse(raw);
    drills.set(backup, { atMs, seconds, ...(problem === null ? {} : { problem }) });
  }
  return {
    get: (backup) => drills.get(backup),
    newest: () => [...drills.values()].toSorted((a, b) => b.atMs - a.atMs)[0],
    set(backup, record) {
      put.run(backup, record.atMs, record.seconds, record.problem ?? null);
      drills.set(backup, record);
    },
  };
}
