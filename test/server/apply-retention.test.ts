import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { applyRetention } from '../../agent/server/apply-retention.ts';
import type { Daemon } from '../../agent/server/daemon.ts';
import { writeMarker } from '../../agent/stores/local/marker.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import { nightly, now, oldBackup } from '../support/retention-cases.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A daemon of which only what retention asks for is there. */
function daemonWith(folder: string, backups: Map<string, Backup>, onForget: () => void): Daemon {
  const { id, settings } = nightly({ deleteOlderThan: '30 days' });
  const config = { stores: { disk: { kind: 'local', path: folder, trashDays: 0 } } };
  const state = {
    installation: 'here',
    machine: { moved: () => undefined },
    jobs: { unfinished: () => [] },
    runs: { lastTried: () => undefined },
  };
  return {
    now: () => now,
    state,
    places: { state: folder },
    config: () => config,
    configFile: { inForce: () => config },
    clock: { doubt: () => undefined },
    transfers: { read: new Set() },
    schedules: { list: () => [{ id, settings }] },
    overview: { offlineStores: () => [], standing: new Map(), touch: () => undefined },
    log: { write: () => undefined },
    backups: {
      all: () => [...backups.values()],
      get: (one: string) => backups.get(one),
      forget(one: Backup) {
        backups.delete(one.id);
        onForget();
      },
    },
  } as unknown as Daemon;
}

test('a differential that is pinned while retention works keeps its full', async () => {
  using folder = tempFolder();
  await writeMarker(folder.path, 'disk');
  const at = (id: string, ageDays: number, more: Partial<Backup> = {}): [string, Backup] => {
    const path = join(folder.path, `${id}.tar.zst`);
    writeFileSync(path, 'x');
    return [id, oldBackup(id, ageDays, { path, ...more })];
  };
  const differential = { kind: 'differential', base: 'full' } as const;
  const backups = new Map([
    at('newest', 1),
    at('full', 50),
    at('first', 49, differential),
    at('second', 48, differential),
  ]);
  const daemon = daemonWith(folder.path, backups, () => {
    const second = backups.get('second');
    if (second !== undefined) backups.set('second', { ...second, pinned: true });
  });
  expect(await applyRetention(daemon)).toEqual(['first']);
  expect(
    ['first', 'second', 'full'].map((id) => existsSync(`${folder.path}/${id}.tar.zst`)),
  ).toEqual([false, true, true]);
});
