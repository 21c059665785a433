import * as z from 'zod';
import type { StateDatabase } from './state-database.ts';

/** Why a backup is kept whatever retention says, and since when (ms UTC). */
export interface Pin {
  readonly reason: string;
  readonly atMs: number;
}

export interface Pins {
  get(backup: string): Pin | undefined;
  /** One that is pinned already keeps its first reason. */
  add(backup: string, pin: Pin): void;
  remove(backup: string): void;
}

const Row = z.object({ backup: z.string(), reason: z.string(), at_ms: z.number() });

export function openPins(database: StateDatabase): Pins {
  const add = database.prepare(
    'insert or ignore into pins (backup, reason, at_ms) values (?, ?, ?)',
  );
  const remove = database.prepare('delete from pins where backup = ?');
  // Held in memory: they are asked for with every line of every list, and nobody else writes them.
  const pins = new Map<string, Pin>();
  for (const raw of database.prepare('select backup, reason, at_ms from pins').all()) {
    const { backup, reason, at_ms: atMs } = Row.parse(raw);
    pins.set(backup, { reason, atMs });
  }
  return {
    get: (backup) => pins.get(backup),
    add(backup, pin) {
      if (pins.has(backup)) return;
      add.run(backup, pin.reason, pin.atMs);
      pins.set(backup, pin);
    },
    remove(backup) {
      remove.run(backup);
      pins.delete(backup);
    },
  };
}
