import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { setFaultHook } from '../../agent/os/faults.ts';
import { isGuarded } from '../../agent/restore/guard.ts';
import { findUnfinishedJournals, recoverJournal } from '../../agent/restore/recover.ts';
import { listUndos } from '../../agent/restore/undo-records.ts';
import { RestoreFixture } from '../support/restore-fixture.ts';
import '../support/memory-disk.ts';

afterEach(() => setFaultHook(undefined));

test('a restore brings all sources back as they were, and an undo what was live before it', async () => {
  using app = new RestoreFixture();
  const then = app.live();
  const backup = await app.backup();
  app.changeAll();
  const now = app.live();
  expect(now).not.toEqual(then);

  const result = await app.restore(await app.plan(backup));

  expect(result).toMatchObject({ outcome: 'restored', backup: backup.id, notes: [] });
  expect(withoutCached(app.live())).toEqual(withoutCached(then));
  await app.undo(result.undo ?? '');
  expect(app.live()).toEqual(now);
});

test('an undo can be undone, as often as wanted', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  app.changeAll();
  const now = app.live();
  const first = await app.restore(await app.plan(backup));
  const restored = app.live();

  const second = await app.undo(first.undo ?? '');
  expect(app.live()).toEqual(now);
  const third = await app.undo(second.undo ?? '');
  expect(app.live()).toEqual(restored);
  await app.undo(third.undo ?? '');
  expect(app.live()).toEqual(now);
});

test('a used undo is refused a second time, and its data is gone', async () => {
  using app = new RestoreFixture();
  const { undo = '' } = await app.restore(await app.plan(await app.backup()));
  await app.undo(undo);

  await expect(app.undo(undo)).rejects.toThrow(/is gone: it was used before/);
  expect((await listUndos(app.stateFolder)).map(({ id, state }) => [id === undo, state])).toEqual(
    expect.arrayContaining([
      [true, 'used'],
      [false, 'ready'],
    ]),
  );
});

test('services stop before the exchange and start after it, in their order, never under the guard', async () => {
  using app = new RestoreFixture();
  const plan = await app.plan(await app.backup());
  const order: string[] = [];
  app.services.before = (act) => {
    if (act !== 'status') order.push(act);
  };
  setFaultHook(({ name, path }) => {
    if (name === 'fsync folder') return;
    if (path === app.uploads || path === app.database) order.push(`${name} ${path}`);
    if (path.endsWith('/guard') && name === 'unlink') order.push('guard down');
    if (path.endsWith('.tmp') && path.includes('guard') && name === 'rename')
      order.push('guard up');
  });
  await app.restore(plan);

  expect(order).toEqual([
    'stop agent',
    'stop host',
    'stop database',
    `sqlite open ${app.database}`,
    'guard up',
    `sqlite copy ${app.database}`,
    `sqlite checkpoint ${app.database}`,
    `fsync ${app.database}`,
    `rename ${app.uploads}`,
    `sqlite checkpoint ${app.database}`,
    `fsync ${app.database}`,
    'guard down',
    'start database',
    'start host',
    'start agent',
  ]);
});

test('only what ran before is started again', async () => {
  using app = new RestoreFixture();
  const plan = await app.plan(await app.backup());
  app.services.running.delete('agent');

  await app.restore(plan);

  expect([...app.services.running].sort()).toEqual(['database', 'host']);
});

test('a service that does not become healthy brings the old data back', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  app.changeAll();
  const now = app.live();
  const plan = await app.plan(backup);
  app.services.broken.add('host');
  const guard: string[] = [];
  setFaultHook(({ name, path }) => {
    if (path === app.uploads && name === 'rename') guard.push(`exchange, ${guardState(app)}`);
    if (path.endsWith('/new/uploads') && name === 'rename') guard.push(`in, ${guardState(app)}`);
    if (path.endsWith('/old/uploads') && name === 'rename') guard.push(`back, ${guardState(app)}`);
  });

  await expect(app.restore(plan)).rejects.toMatchObject({ failure: { code: 'rolled-back' } });

  expect(guard).toEqual(['exchange, up', 'in, up', 'exchange, up', 'back, up']);
  expect(app.live()).toEqual(now);
  expect(app.places()).toEqual([]);
  expect(isGuarded(app.stateFolder)).toBe(false);
  expect(await listUndos(app.stateFolder)).toEqual([]);
  expect([...app.services.running]).toEqual(['database']);
});

test('a disk error in the middle of the exchange brings the old data back', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  app.changeAll();
  const now = app.live();
  const plan = await app.plan(backup);
  let failed = false;
  setFaultHook(({ name, path }) => {
    if (name !== 'rename' || path !== app.uploads || failed) return;
    failed = true;
    throw new Error('EIO');
  });

  await expect(app.restore(plan)).rejects.toThrow(/rolled back.*EIO/);

  expect(app.live()).toEqual(now);
  expect(app.services.running.size).toBe(3);
});

test('a cancel before the guard leaves nothing behind and starts what was stopped', async () => {
  using app = new RestoreFixture();
  const plan = await app.plan(await app.backup());
  const now = app.live();
  const cancel = new AbortController();
  app.services.before = (act) => {
    if (act === 'stop host') cancel.abort();
  };

  await expect(app.restore(plan, app.work(500, cancel.signal))).rejects.toThrow(/abort/i);

  expect(app.live()).toEqual(now);
  expect(app.places()).toEqual([]);
  expect(app.services.running.size).toBe(3);
});

test('a cancel after the guard changes nothing: the restore goes through', async () => {
  using app = new RestoreFixture();
  const plan = await app.plan(await app.backup());
  const cancel = new AbortController();
  app.services.before = (act) => {
    if (act === 'start host') cancel.abort();
  };

  const result = await app.restore(plan, app.work(500, cancel.signal));

  expect(result.outcome).toBe('restored');
});

test('sources that are gone, folder and all, come back; an undo takes them away again', async () => {
  using app = new RestoreFixture();
  const then = app.live();
  const backup = await app.backup();
  rmSync(app.app, { recursive: true });

  const { undo = '' } = await app.restore(await app.plan(backup));

  expect(withoutCached(app.live())).toEqual(withoutCached(then));
  await app.undo(undo);
  expect(existsSync(app.uploads)).toBe(false);
  expect(existsSync(app.database)).toBe(false);
});

test('a journal that is settled is left alone by a second recovery', async () => {
  using app = new RestoreFixture();
  const plan = await app.plan(await app.backup());
  await app.restore(plan, app.work(77));
  const live = app.live();

  const journal = join(app.stateFolder, 'journal', '77.jsonl');
  const result = await recoverJournal(journal, app.context, app.work());

  expect(result.outcome).toBe('nothing to do');
  expect(findUnfinishedJournals(app.stateFolder)).toEqual([]);
  expect(app.live()).toEqual(live);
  expect((await listUndos(app.stateFolder))[0]?.state).toBe('ready');
});

test('a place that an earlier installation left is not touched', async () => {
  using app = new RestoreFixture();
  const plan = await app.plan(await app.backup());
  const old = join(app.app, '.kedge-77');
  mkdirSync(old);
  writeFileSync(join(old, 'precious'), '');

  await app.restore(plan, app.work(77));

  expect(readdirSync(old)).toEqual(['precious']);
});

const guardState = (app: RestoreFixture) => (isGuarded(app.stateFolder) ? 'up' : 'down');

/** A file left out of the backups stays as it is now. */
function withoutCached(live: unknown): unknown {
  return JSON.parse(JSON.stringify(live), (_, value: unknown) =>
    Array.isArray(value) ? value.filter((each) => !String(each).startsWith('cache')) : value,
  );
}
