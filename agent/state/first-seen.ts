import * as z from 'zod';
import { errorCode } from '../os/error-code.ts';
import type { StateDatabase } from './state-database.ts';

/** Since when things are as they are: kept over restarts, so that absence is measured by it. */
export interface FirstSeen {
  /** When this was seen first: now, where it was not there when last looked at. Also when it can't be written down. */
  since(key: string, nowMs: number): number;
  /** What was asked for since the last time stays, all else is forgotten; what could not be written down is tried again. */
  sweep(): void;
}

const Row = z.object({ key: z.string(), at_ms: z.number() });

export function openFirstSeen(database: StateDatabase): FirstSeen {
  const put = database.prepare('insert or replace into first_seen (key, at_ms) values (?, ?)');
  const remove = database.prepare('delete from first_seen where key = ?');
  // Held in memory: it is looked through all the time and changes seldom; nobody else writes it.
  const known = new Map<string, number>();
  for (const raw of database.prepare('select key, at_ms from first_seen').all()) {
    const { key, at_ms: atMs } = Row.parse(raw);
    known.set(key, atMs);
  }
  const asked = new Set<string>();
  const unwritten = new Set<string>();
  const write = (key: string, atMs: number): void => {
    try {
      put.run(key, atMs);
      unwritten.delete(key);
    } catch (error) {
      if (errorCode(error) !== 'SQLITE_FULL') throw error;
      unwritten.add(key);
    }
  };
  return {
    since(key, nowMs) {
      asked.add(key);
      const there = known.get(key);
      // A moment to come is one of a clock that was wrong: it would never be long ago.
      if (there !== undefined && there <= nowMs) return there;
      known.set(key, nowMs);
      write(key, nowMs);
      return nowMs;
    },
    sweep() {
      for (const key of known.keys()) {
        if (asked.has(key)) continue;
        known.delete(key);
        unwritten.delete(key);
        remove.run(key);
      }
      for (const key of unwritten) write(key, known.get(key) ?? Date.now());
      asked.clear();
    },
  };
}
