import * as fs from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { setFaultHook } from '../../agent/os/faults.ts';
import { isGuarded } from '../../agent/restore/guard.ts';
import { readLeases } from '../../agent/restore/lease.ts';
import { findUnfinishedJournals, recoverJournal } from '../../agent/restore/recover.ts';
import type { Restorable } from '../../agent/restore/restorable.ts';
import { runRestore } from '../../agent/restore/run-restore.ts';
import { spaceOffers } from '../../agent/restore/space-offers.ts';
import { listUndos } from '../../agent/restore/undo-records.ts';
import type { SpaceNeed } from '../../agent/sources/restore-kind.ts';
import type { RestorePlan } from '../../protocol/domain/restore.ts';
import { nowMs, RestoreFixture, rowsOf } from '../support/restore-fixture.ts';
import { planOf } from '../support/restore-in-part.ts';
import { tempFolder } from '../support/temp-folder.ts';

const tmpfs = 0x01021994;
const withoutUndo = { choices: { withoutUndo: true } } as const;

/** Without what the source leaves out, which stays as it is. */
function backedUp(app: RestoreFixture): unknown {
  const { uploads, ...rest } = app.live() as { readonly uploads: readonly string[] };
  const stock = rowsOf(stockOf(app));
  return { ...rest, stock, uploads: uploads.filter((line) => !line.startsWith('cache')) };
}

const stockOf = (app: RestoreFixture): string => join(app.app, 'data', 'stock.db');

/** A fixture with two databases, a backup, what came after it, and the plan that keeps nothing of that. */
async function changed(app: RestoreFixture): Promise<{ plan: RestorePlan; then: unknown }> {
  const stock = new Database(stockOf(app));
  stock.exec('create table item (id); insert into item values (1)');
  const { sources } = app.config;
  const path = stockOf(app);
  app.config = { ...app.config, sources: { ...sources, stock: { engine: 'sqlite', path } } };
  const then = backedUp(app);
  const backup = await app.backup();
  app.changeAll();
  stock.exec('insert into item values (2)');
  stock.close();
  return { plan: { ...(await app.plan(backup)), ...withoutUndo }, then };
}

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

test('nobody goes without an undo unless its words are typed, nor in a merge, nor where there is room', async () => {
  using app = new RestoreFixture();
  const { plan } = await changed(app);
  const order = { confirmation: 'Clinic', undoId: 'u', nowMs };
  await expect(runRestore({ plan, ...order }, app.context, app.work())).rejects.toMatchObject({
    failure: { code: 'consent-missing', params: { words: 'without undo' } },
  });
  const { backup } = plan;
  const room = 'there is room for an undo, so it is kept: leave --without-undo away';
  expect((await planOf(app, backup, withoutUndo)).obstacles).toEqual([room]);
  const merge = 'a merge and a restore of parts always keep their undo: leave --without-undo away';
  const merging = await planOf(app, backup, { ...withoutUndo, mode: { kind: 'merge' } });
  expect(merging.obstacles).toContain(merge);
  const part = await planOf(app, backup, { ...withoutUndo, parts: [{ source: 'db' }] });
  expect(part.obstacles).toContain(merge);
});

test('what is unpacked for it may not lie where a power cut takes it', async () => {
  using app = new RestoreFixture();
  const { plan } = await changed(app);
  const isMemory =
    fs.statfsSync(app.app).type === tmpfs || fs.statfsSync('/dev/shm').type !== tmpfs;
  const choices = { ...withoutUndo.choices, staging: '/dev/shm' };

  const { obstacles } = await planOf(app, plan.backup, { choices });

  const said = obstacles.filter((one) => one.includes('lies in memory'));
  expect(said).toHaveLength(isMemory ? 0 : 1);
});

test('a client that keeps a transaction open stops it before anything is exchanged', async () => {
  using app = new RestoreFixture();
  const { plan } = await changed(app);
  const before = backedUp(app);
  const reader = new Database(app.database);
  reader.exec('begin; select * from patient');
  const writer = new Database(app.database);
  writer.exec("insert into patient (name) values ('kept in the -wal')");

  await expect(app.restore(plan)).rejects.toMatchObject({
    failure: {
      code: 'busy',
      params: { why: expect.stringContaining('has a transaction open in it') },
    },
  });

  for (const client of [reader, writer]) client.close();
  expect(backedUp(app)).not.toEqual(before);
  expect(rowsOf(app.database)).toMatchObject({
    patient: expect.arrayContaining([{ id: 302, name: 'kept in the -wal' }]),
  });
  expect(app.places()).toEqual([]);
});

test('what it means stands in the plan: what goes for good, what until when, and the way back', async () => {
  using app = new RestoreFixture();
  const { plan } = await changed(app);

  const { warnings, steps, undoBytes } = await planOf(app, plan.backup, withoutUndo);

  expect(undoBytes).toBe(0);
  expect(warnings.join('\n')).toMatch(
    /live now of source "db" \(.* KiB\), source "stock" \(.* KiB\) can't be brought back/,
  );
  expect(warnings).toContain(
    'source "uploads", source "conf": kept aside until the services were started, then removed for good',
  );
  expect(warnings.at(-1)).toContain('there is no safety backup either');
  expect(steps.at(-1)).toBe('Remove what was live before');
  expect(steps).not.toContain('Keep what is live now for an undo');
});

test('it is the last that is offered: where nothing that keeps the way back is enough, and it is', async () => {
  using folder = tempFolder();
  const offered = async (freeBytes: number) => {
    const path = folder.path;
    const space = [{ path, neededBytes: 300, freeBytes }];
    const asked = {
      choices: undefined,
      command: 'kedge restore run 0123',
      sources: [
        needing([
          { path, bytes: 100, part: 'staging', movable: true },
          { path, bytes: 80, part: 'undo' },
          { path, bytes: 100, part: 'exchange' },
        ]),
      ],
      safety: [{ path, bytes: 20 }],
      mayGoWithoutUndo: true,
    };
    const { offers } = await spaceOffers(space, asked);
    return offers.map(({ kind, suffices }) => [kind, suffices]);
  };

  expect(await offered(300)).toEqual([]);
  expect(await offered(200)).toEqual([
    ['staging elsewhere', true],
    ['safety backup elsewhere', false],
  ]);
  expect(await offered(150)).toEqual([
    ['staging elsewhere', false],
    ['safety backup elsewhere', false],
    ['without undo', true],
  ]);
  expect(await offered(99)).toEqual([
    ['staging elsewhere', false],
    ['safety backup elsewhere', false],
  ]);
});

function needing(needs: readonly SpaceNeed[]): Restorable {
  const restore = { space: async () => needs };
  return { name: 'db', archived: {}, restore } as unknown as Restorable;
}

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
