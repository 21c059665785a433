import type { Source } from '../source.ts';
import { captureServer } from './capture.ts';
import { preflightServer } from './preflight.ts';
import type { MariadbServerSettings } from './settings.ts';

/** A whole MariaDB server; members are `<source>/server.json` and its data folder, `<source>/data`. */
export function openMariadbServer(name: string, settings: MariadbServerSettings): Source {
  return {
    name,
    engine: settings.engine,
    live: settings.data,
    paths: [settings.data],
    takes: 'copy',
    readByProgram: true,
    quiesce: settings.quiesce ?? { kind: 'none' },
    preflight: (signal) => preflightServer(name, settings, signal),
    capture: (work) => captureServer(name, settings, work),
  };
}
