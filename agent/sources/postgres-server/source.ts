import type { Source } from '../source.ts';
import { capturePostgresServer } from './capture.ts';
import { preflightPostgresServer } from './preflight.ts';
import { placeOfServer, wordServer } from './server-place.ts';
import { type PostgresServerSettings, serverOf } from './settings.ts';

/** A PostgreSQL server with all its databases; its members are its data folder, as the server itself copies it. */
export function openPostgresServer(name: string, settings: PostgresServerSettings): Source {
  const server = serverOf(settings);
  return {
    name,
    engine: settings.engine,
    live: wordServer(server),
    paths: [settings.data],
    place: placeOfServer(server),
    takes: 'copy',
    quiesce: settings.quiesce ?? { kind: 'none' },
    preflight: (signal) => preflightPostgresServer(name, settings, signal),
    capture: (work) => capturePostgresServer(name, settings, work),
  };
}
