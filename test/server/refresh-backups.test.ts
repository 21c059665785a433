import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCatalogue } from '../../agent/catalogue/catalogue.ts';
import type { Config } from '../../agent/config/config.ts';
import { refreshBackups } from '../../agent/server/refresh-backups.ts';
import { openState } from '../../agent/state/state.ts';
import { writeMarker } from '../../agent/stores/local/marker.ts';
import { cannedBackup } from '../support/canned-snapshot.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('a backup that is added while its store is listed stays, until the next look does not find it', async () => {
  using folder = tempFolder();
  await writeMarker(folder.path, 'local');
  using catalogue = openCatalogue(join(folder.path, 'catalogue.sqlite'));
  using state = openState(join(folder.path, 'state.sqlite'));
  const config = { stores: { local: { kind: 'local', path: folder.path } } } as unknown as Config;
  const refresher = refreshBackups({
    catalogue,
    state,
    config: () => config,
    log: () => undefined,
    now: () => 0,
    describe: async () => cannedBackup(),
    onLocked: () => undefined,
  });
  const { signal } = new AbortController();
  const refreshing = refresher.all(signal);
  catalogue.put(cannedBackup({ path: join(folder.path, 'new_full.tar.zst') }));
  await refreshing;
  expect(catalogue.count()).toBe(1);
  await refresher.all(signal);
  expect(catalogue.count()).toBe(0);
});

test('each archive that is opened counts as work, and none that is listed already', async () => {
  using folder = tempFolder();
  await writeMarker(folder.path, 'local');
  using catalogue = openCatalogue(join(folder.path, 'catalogue.sqlite'));
  using state = openState(join(folder.path, 'state.sqlite'));
  const config = { stores: { local: { kind: 'local', path: folder.path } } } as unknown as Config;
  for (const name of ['a', 'b']) writeFileSync(join(folder.path, `${name}_full.tar.zst`), name);
  let looked = 0;
  const refresher = refreshBackups({
    catalogue,
    state,
    config: () => config,
    log: () => undefined,
    now: () => 0,
    describe: async (path, store) => cannedBackup({ path, ...(store && { store }), id: path }),
    onLocked: () => undefined,
    onLooked: () => {
      looked += 1;
    },
  });
  const { signal } = new AbortController();
  await refresher.all(signal);
  expect(looked).toBe(2);
  await refresher.all(signal);
  expect(looked).toBe(2);
});
