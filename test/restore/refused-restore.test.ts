import { appendFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, expect, test } from 'vitest';
import { openArchive } from '../../agent/archive/archive-reader.ts';
import { openFileReader } from '../../agent/archive/file-reader.ts';
import type { Config } from '../../agent/config/config.ts';
import { setFaultHook } from '../../agent/os/faults.ts';
import { expireUndos } from '../../agent/restore/expire-undos.ts';
import { setGuard } from '../../agent/restore/guard.ts';
import { listUndos } from '../../agent/restore/undo-records.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import { nowMs, RestoreFixture } from '../support/restore-fixture.ts';
import '../support/memory-disk.ts';

afterEach(() => setFaultHook(undefined));

test('another word than the name of the application is refused', async () => {
  using app = new RestoreFixture();
  const plan = await app.plan(await app.backup());
  app.config = { ...app.config, application: { id: 'clinic', name: 'Praxis' } };

  await expect(app.restore(plan)).rejects.toMatchObject({
    failure: { code: 'confirmation-wrong', params: { typed: 'Clinic', expected: 'Praxis' } },
  });
});

const service = { manager: 'process' as const, role: 'host' as const, command: ['/bin/true'] };

test.each<[string, Partial<Config>]>([
  ['the configuration', { sources: {} }],
  ['the services', { services: { host: service } }],
  ['the application version', { application: { id: 'clinic', name: 'Clinic', version: '2' } }],
])('a plan is refused when %s changed since', async (what, change) => {
  using app = new RestoreFixture();
  const plan = await app.plan(await app.backup());
  app.config = { ...app.config, ...change };

  await expect(app.restore(plan)).rejects.toMatchObject({
    failure: { code: 'plan-stale', params: { what } },
  });
});

test('a restore is refused while an earlier one is not settled', async () => {
  using app = new RestoreFixture();
  const plan = await app.plan(await app.backup());
  await setGuard(app.stateFolder, 'test');

  await expect(app.restore(plan)).rejects.toThrow(/not been settled/);
});

test('what expired is removed with its data, the rest stays', async () => {
  using app = new RestoreFixture();
  const plan = await app.plan(await app.backup());
  const { undo } = await app.restore(plan);
  const [record] = await listUndos(app.stateFolder);
  const expiry = record?.expiresAtMs ?? 0;

  expect(await expireUndos(app.stateFolder, expiry - 1)).toEqual([]);
  expect((await expireUndos(app.stateFolder, expiry)).map((each) => each.undo.id)).toEqual([undo]);
  expect(app.places()).toEqual([]);
  expect(await listUndos(app.stateFolder)).toEqual([]);
});

test('an undo whose data somebody removed is refused, and nothing is touched', async () => {
  using app = new RestoreFixture();
  const { undo = '' } = await app.restore(await app.plan(await app.backup()));
  const live = app.live();
  rmSync(join(app.app, readdirSync(app.app).find((name) => name.startsWith('.kedge')) ?? ''), {
    recursive: true,
  });

  expect((await listUndos(app.stateFolder))[0]?.state).toBe('gone');
  await expect(app.undo(undo)).rejects.toThrow(/is gone: .* was removed/);
  expect(app.live()).toEqual(live);
});

test('a damaged archive is refused before anything stops', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  const plan = await app.plan(backup);
  appendFileSync(backup.path, 'x');

  await expect(app.restore(plan)).rejects.toMatchObject({ failure: { code: expect.any(String) } });
  expect(app.services.calls).toEqual([]);
});

/** An index lacks a row, which only SQLite's own check sees; a capture takes that as it is. */
async function backupWithDamagedDatabase(app: RestoreFixture): Promise<Backup> {
  const database = new Database(app.database);
  database.unsafeMode(true);
  database.exec(`create index by_name on patient (name); pragma writable_schema = on;
    create table kept as select * from sqlite_schema where name = 'by_name';
    delete from sqlite_schema where name = 'by_name'; pragma writable_schema = reset;
    insert into patient (name) values ('not in the index'); pragma writable_schema = on;
    insert into sqlite_schema select * from kept`);
  database.close();
  return await app.backup();
}

test('a damaged database is refused before anything stops, also where another archive of its id was proven', async () => {
  using app = new RestoreFixture();
  const backup = await backupWithDamagedDatabase(app);
  const proof = { kind: 'verified', atMs: nowMs, indexSha256: 'ab'.repeat(32) } as const;
  for (const known of [backup, { ...backup, proof, integrity: 'ok' } as const]) {
    const restored = app.restore(await app.plan(known));
    await expect(restored).rejects.toThrow(/the database of source "db" in it is damaged/);
  }
  expect(app.services.calls).toEqual([]);
});

test('a database that was proven when its archive was verified is not checked again before services stop', async () => {
  using app = new RestoreFixture();
  const backup = await backupWithDamagedDatabase(app);
  await using reader = await openFileReader(backup.path);
  const { indexSha256 } = await openArchive(reader);
  const proof = { kind: 'verified', atMs: nowMs, indexSha256 } as const;
  const plan = await app.plan({ ...backup, proof, integrity: 'ok' });
  // The lie shows only after the exchange, which then is taken back.
  await expect(app.restore(plan)).rejects.toMatchObject({ failure: { code: 'rolled-back' } });
});
