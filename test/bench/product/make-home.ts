import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initStore } from '../../../agent/stores/stores.ts';
import type { ApplicationData } from '../data/application-data.ts';

export const applicationName = 'Bench Clinic';

/** A home for a daemon, with a store; protects `data` where it is given. */
export async function makeHome(
  folder: string,
  data?: ApplicationData,
  more: object = {},
): Promise<{ readonly home: string; readonly store: string }> {
  const home = join(folder, 'kedge');
  const store = join(folder, 'backups');
  for (const path of [home, store]) mkdirSync(path, { recursive: true });
  await initStore('local', { kind: 'local', path: store });
  const config = {
    application: { id: 'bench', name: applicationName },
    sources: data === undefined ? {} : sourcesOf(data),
    stores: { local: { kind: 'local', path: store } },
    ...more,
  };
  writeFileSync(join(home, 'kedge.jsonc'), JSON.stringify(config, undefined, 2));
  return { home, store };
}

function sourcesOf(data: ApplicationData): object {
  return {
    database: { engine: 'sqlite', path: data.database },
    uploads: { engine: 'files', path: data.uploads },
    settings: { engine: 'settings', paths: data.settings },
  };
}
