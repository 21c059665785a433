import { copyFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Config } from '../../agent/config/config.ts';
import { applyRetention } from '../../agent/server/apply-retention.ts';
import { retentionOf } from '../../agent/server/retention/ask-retention.ts';
import {
  emptyTrash,
  expireTrash,
  makeRoomAfter,
} from '../../agent/server/retention/empty-trash.ts';
import { readTrash, trashFigures } from '../../agent/server/retention/list-trash.ts';
import { initStore, openStore } from '../../agent/stores/stores.ts';
import type { Job } from '../../protocol/domain/job.ts';
import { beginRetentionTrial, type RetentionTrial } from '../support/crash/retention-trial.ts';

const dayMs = 24 * 3_600_000;

function withStore({ config }: RetentionTrial, more: object): Config {
  const [main] = Object.values(config.stores);
  return { ...config, stores: { main: { ...main, ...more } } } as Config;
}

test('what lies in the trash goes for good after its days, not before, and not while the clock is in doubt', async () => {
  const app = await beginRetentionTrial();
  await app.asKedge(applyRetention);
  expect(await app.lying()).toEqual({ store: ['newest'], trash: ['differential', 'old'] });
  const expire = async (days: number, doubt?: string) =>
    await app.asKedge(
      async (daemon) => {
        const watch = { ...daemon, clock: { doubt: () => doubt } };
        await expireTrash(watch);
      },
      { nowMs: app.nowMs + days * dayMs },
    );
  await expire(6.9);
  await expire(400, 'the clock was set');
  expect((await app.lying()).trash).toEqual(['differential', 'old']);
  await expire(7.1);
  expect(await app.lying()).toEqual({ store: ['newest'], trash: [] });
});

test('a destination without a trash loses at once what goes, and one of another installation keeps its own', async () => {
  const app = await beginRetentionTrial();
  app.begin();
  await app.asKedge(applyRetention, { config: withStore(app, { trashDays: 0 }) });
  expect(await app.lying()).toEqual({ store: ['newest'], trash: [] });
  app.reset();
  await app.asKedge(applyRetention);
  const entries: unknown[] = [];
  await app.asKedge(
    async (daemon) => {
      const state = { ...daemon.state, installation: 'another' };
      const other = { ...daemon, state };
      for (const { own, trashed } of await readTrash(other)) entries.push([own, trashed?.reason]);
      await expireTrash(other);
    },
    { nowMs: app.nowMs + 30 * dayMs },
  );
  const reason = 'put there by another installation of Kedge; only you remove it';
  expect(entries).toEqual([
    [false, reason],
    [false, reason],
  ]);
  expect((await app.lying()).trash).toEqual(['differential', 'old']);
});

test('a job that found no room empties the trash of its store where that is enough, and a full takes its differentials along', async () => {
  const app = await beginRetentionTrial();
  await app.asKedge(applyRetention);
  app.begin();
  await app.asKedge(async (daemon) => {
    const figures = await trashFigures(daemon);
    const bytes = figures.get('main')?.bytes ?? 0;
    expect(figures.get('main')?.count).toBe(2);
    const failed = (missingBytes: number): Job =>
      ({
        state: {
          kind: 'failed',
          failure: {
            code: 'no-space',
            params: { path: daemon.config().stores['main']?.path, missingBytes },
          },
        },
      }) as unknown as Job;
    await makeRoomAfter(daemon, failed(bytes + 1));
    expect((await app.lying()).trash).toHaveLength(2);
    await makeRoomAfter(daemon, failed(bytes));
    expect((await app.lying()).trash).toEqual([]);
  });
  app.reset();
  await app.asKedge(async (daemon) => {
    const full = (await readTrash(daemon)).find(({ trashed }) => trashed?.backup.kind === 'full');
    const { removed } = await emptyTrash(daemon, app.ids.old, full?.file.name ?? '');
    expect(removed).toEqual([app.ids.differential, app.ids.old]);
  });
});

test('a cap that nothing more may go for is a problem', async () => {
  const app = await beginRetentionTrial();
  await app.asKedge(
    async (daemon) => {
      await applyRetention(daemon);
      expect(daemon.overview.standing.get('cap-main')?.text).toMatch(
        /^destination "main" holds .* more may go$/,
      );
    },
    { config: withStore(app, { maxBytes: 1 }) },
  );
});

test('what lies in both destinations of its schedule goes from both, and nothing goes that has no copy yet', async () => {
  const app = await beginRetentionTrial();
  const main = app.config.stores['main']?.path ?? '';
  const far = { kind: 'local', path: `${main}-far` } as const;
  await initStore('far', far);
  const schedules = { nightly: { ...app.schedule, copyTo: 'far' } };
  const config: Config = { ...app.config, stores: { ...app.config.stores, far }, schedules };
  const archives = await openStore('main', { kind: 'local', path: main }).list();
  await app.asKedge(
    async (daemon) => {
      const reasons = retentionOf(daemon).map(({ verdict, reason }) => `${verdict}: ${reason}`);
      const due = 'stays: not yet copied to "far"';
      expect(reasons).toEqual(['stays: one of the last 1', due, due]);
      expect(await applyRetention(daemon)).toEqual([]);
      for (const { path } of archives) copyFileSync(path, join(far.path, basename(path)));
      await daemon.backups.refresh();
      const going = retentionOf(daemon).filter(({ verdict }) => verdict === 'goes');
      const { differential, old } = app.ids;
      expect(going.map(({ backup }) => backup)).toEqual([differential, old]);
      expect(await applyRetention(daemon)).toEqual([differential, old]);
      expect((await readTrash(daemon)).map(({ store }) => store.name).toSorted()).toEqual([
        'far',
        'far',
        'main',
        'main',
      ]);
    },
    { config },
  );
});
