import type { Source } from '../source.ts';
import { captureMariadb } from './capture.ts';
import { placeOf, wordPlace } from './database-place.ts';
import { isDatabaseThere } from './is-database-there.ts';
import { preflightMariadb } from './preflight.ts';
import { type MariadbSourceSettings, serverOf } from './settings.ts';
import { dropLookDatabase } from './tables/look-database.ts';

/** Long enough for a drop on a server under load. */
const clearWithinMs = 60_000;

/** One database of a MariaDB or MySQL server; its members are a dump, and what describes it. */
export function openMariadbSource(name: string, settings: MariadbSourceSettings): Source {
  const server = serverOf(settings);
  return {
    name,
    engine: settings.engine,
    live: wordPlace(server),
    paths: [],
    place: placeOf(server),
    // Of a server that does not answer nobody knows; what it may have is not to be taken for nothing.
    isLive: async (signal) => await isDatabaseThere(server, signal).catch(() => true),
    takes: 'copy',
    quiesce: settings.quiesce ?? { kind: 'none' },
    preflight: (signal) => preflightMariadb(name, settings, signal),
    capture: (work) => captureMariadb(name, settings, work),
    clearAfter: async (of) =>
      await dropLookDatabase(server, of, AbortSignal.timeout(clearWithinMs)),
  };
}
