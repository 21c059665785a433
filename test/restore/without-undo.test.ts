import * as fs from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { setFaultHook } from '../../agent/os/faults.ts';
import { isGuarded } from '../../agent/restore/guard.ts';
import { readLeases } from '../../agent/restore/lease.ts';
import { findUnfinishedJournals, recoverJournal } from '../../agent/restore/recover.ts';
import { runRestore } from '../../agent/restore/run-restore.ts';
import { listUndos } from '../../agent/restore/undo-records.ts';
import { nowMs, RestoreFixture } from '../support/restore-fixture.ts';
import { backedUp, changed, stockOf } from '../support/without-undo.ts';

test('a restore without an undo brings all back, keeps nothing and says so', async () => {
  using app = new RestoreFixture();
  const { plan, then } = await changed(app);

  const result = await app.restore(plan);

  expect(backedUp(app)).toEqual(then);
  expect(result).toEqual({
    outcome: 'restored',
    backup: plan.backup.id,
    downtimeMs: expect.any(Number),
    notes: expect.arrayContaining([
      'no undo was kept, as it was agreed: nothing brings back what was live before',
    ]),
  });
  expect(await listUndos(app.stateFolder)).toEqual([]);
  expect(app.places()).toEqual([]);
});

test('its safety backup is named as the way back, and held as long as an undo would be', async () => {
  using app = new RestoreFixture();
  const { plan, then } = await changed(app);
  const folder = join(app.home, 'backups');
  const safety = {
    backupId: 'safety-id',
    origin: 'safety',
    differential: { base: { id: plan.backup.id, path: plan.backup.path } },
    destination: { kind: 'folder', folder },
    installation: 'here',
    configText: '{}',
    zone: 'UTC',
    nowMs,
  } as const;
  const taken = { kind: 'taken', folder, bytes: 1, seconds: 1, gaps: [], notes: [] } as const;
  const changedState = backedUp(app);

  const order = { confirmation: 'Clinic', undoId: 'u', nowMs, consents: ['without undo'], safety };
  const result = await runRestore(
    { plan: { ...plan, safety: taken }, ...order },
    app.context,
    app.work(),
  );

  expect(backedUp(app)).toEqual(then);
  expect(result.notes).toContainEqual(expect.stringContaining('kedge restore run safety-i'));
  expect(readLeases(app.stateFolder)).toMatchObject([
    { undo: 'u', safety: 'safety-id', untilMs: nowMs + 7 * 86_400_000 },
  ]);
  if (result.safety === undefined) throw new Error('there is no safety backup');
  await app.restore(await app.plan(result.safety));
  expect(backedUp(app)).toEqual(changedState);
});

test('services that do not start are named, the others run, and the data stays the one of the backup', async () => {
  using app = new RestoreFixture();
  const { plan, then } = await changed(app);
  app.services.broken.add('host');

  const result = await app.restore(plan);

  expect(backedUp(app)).toEqual(then);
  expect(result).toMatchObject({ outcome: 'degraded' });
  expect(result.notes).toEqual(
    expect.arrayContaining([
      expect.stringContaining('"host"'),
      'service "agent" was not started, because it needs "host"',
    ]),
  );
  expect(app.services.running.has('database')).toBe(true);
  expect(app.places()).toEqual([]);
});

test('where the disk is full when the database is to be overwritten, all goes back', async () => {
  using app = new RestoreFixture();
  const { plan } = await changed(app);
  const before = backedUp(app);
  using _fault = failingAt('sqlite copy', app.database);

  await expect(app.restore(plan)).rejects.toMatchObject({ failure: { code: 'rolled-back' } });

  expect(backedUp(app)).toEqual(before);
  expect(app.places()).toEqual([]);
  expect([...app.services.running].sort()).toEqual(['agent', 'database', 'host']);
});

test('a failure after the database was overwritten is finished, and said', async () => {
  using app = new RestoreFixture();
  const { plan, then } = await changed(app);
  using _fault = failingAt('fsync', app.database, 2);

  const result = await app.restore(plan);

  expect(backedUp(app)).toEqual(then);
  expect(result).toMatchObject({ outcome: 'restored' });
  expect(result.notes).toContainEqual(expect.stringContaining('it was finished after a failure: '));
});

test('where the second database can not be overwritten it stays guarded, and is finished later', async () => {
  using app = new RestoreFixture();
  const { plan, then } = await changed(app);
  {
    using _fault = failingAt('sqlite copy', stockOf(app), 'always');
    await expect(app.restore(plan)).rejects.toMatchObject({
      failure: { code: 'restore-unfinished', params: { down: 'database, host, agent' } },
    });
  }
  expect(isGuarded(app.stateFolder)).toBe(true);
  const [journal = ''] = findUnfinishedJournals(app.stateFolder);

  const { outcome } = await recoverJournal(journal, app.context, app.work());

  expect(outcome).toBe('recovered');
  expect(backedUp(app)).toEqual(then);
  expect(isGuarded(app.stateFolder)).toBe(false);
  expect([...app.services.running].sort()).toEqual(['agent', 'database', 'host']);
});

test('a database that is none any more is moved aside and removed in the end', async () => {
  using app = new RestoreFixture();
  const { plan, then } = await changed(app);
  for (const end of ['-wal', '-shm']) fs.rmSync(app.database + end, { force: true });
  fs.writeFileSync(app.database, 'no database '.repeat(1_000));

  await app.restore(plan);

  expect(backedUp(app)).toEqual(then);
  expect(fs.readdirSync(join(app.app, 'data')).toSorted()[0]).toBe(basename(app.database));
});

test('a writer that Kedge does not manage waits, and writes into what came', async () => {
  using app = new RestoreFixture();
  const { plan } = await changed(app);
  const writer = new Database(app.database);

  await app.restore(plan);
  writer.exec("insert into patient (name) values ('after')");
  const rows = writer.prepare('select count(*) from patient').pluck().get();
  writer.close();

  expect(rows).toBe(301);
});

function failingAt(name: string, path: string, nth: number | 'always' = 1): Disposable {
  let count = 0;
  setFaultHook((operation) => {
    if (operation.name !== name || operation.path !== path) return;
    count += 1;
    if (nth === 'always' || count === nth)
      throw Object.assign(new Error('ENOSPC: full'), { code: 'ENOSPC', path });
  });
  return { [Symbol.dispose]: () => setFaultHook(undefined) };
}
