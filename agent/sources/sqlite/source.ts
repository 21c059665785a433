import type { Source } from '../source.ts';
import { captureSqlite } from './capture.ts';
import { preflightSqlite } from './preflight.ts';
import type { SqliteSettings } from './settings.ts';

/** One SQLite database; its only member is `<source>/<file name>`. */
export function openSqlite(name: string, settings: SqliteSettings): Source {
  return {
    name,
    engine: settings.engine,
    live: settings.path,
    paths: [settings.path],
    takes: 'copy',
    quiesce: settings.quiesce ?? { kind: 'none' },
    preflight: () => preflightSqlite(name, settings),
    capture: (work) => captureSqlite(name, settings, work),
  };
}
