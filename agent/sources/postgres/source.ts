import type { Source } from '../source.ts';
import { capturePostgres } from './capture.ts';
import { placeOf, wordPlace } from './database-place.ts';
import { isDatabaseThere } from './is-database-there.ts';
import { preflightPostgres } from './preflight.ts';
import { type PostgresSourceSettings, serverOf } from './settings.ts';

/** One database of a PostgreSQL server; its members are a dump, and what describes it. */
export function openPostgresSource(name: string, settings: PostgresSourceSettings): Source {
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
    preflight: (signal) => preflightPostgres(name, settings, signal),
    capture: (work) => capturePostgres(name, settings, work),
  };
}
