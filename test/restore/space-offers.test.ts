import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, vi } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { RestorePlan } from '../../protocol/domain/restore.ts';
import { backupShow } from '../../protocol/methods/backup.ts';
import { openSession, startKedge } from '../support/kedge.ts';
import {
  countOrders,
  deleteOrders,
  makeSmallApplication,
  type SmallApplication,
} from '../support/small-application.ts';
import { type KedgeOnDisks, startKedgeOnDisks, testWithDisks } from '../support/small-disks.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { kedgeAt, mebibyte, takeVerified } from '../support/transfer-fixture.ts';

vi.setConfig({ testTimeout: 120_000 });

const diskTest = testWithDisks();

/** An application whose database is of 20 MiB, with a full, and its Kedge stopped. */
async function backedUp(folder: string): Promise<SmallApplication> {
  const app = await makeSmallApplication(folder);
  const database = new Database(app.database);
  database.exec(`create table scans (id integer primary key, scan blob);
    with recursive n(i) as (select 1 union all select i + 1 from n where i < 20)
    insert into scans (scan) select randomblob(1048576) from n`);
  database.close();
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  await takeVerified(session);
  deleteOrders(app.database, 500);
  return app;
}

async function planOf(kedge: KedgeOnDisks, ...words: string[]): Promise<RestorePlan> {
  const ran = await kedgeAt(kedge.socket, ['restore', 'plan', 'latest', '--json', ...words]);
  return JSON.parse(ran.out).job.state.result.plan;
}

async function kept(kedge: KedgeOnDisks, id: string): Promise<Backup> {
  using session = await openSession(kedge.socket);
  return (await session.call(backupShow, { backup: { kind: 'id', id } })).backup;
}

/** SQLite resolves links, and what Kedge sees is one only in its own namespace. */
function ordersIn(kedge: KedgeOnDisks, app: SmallApplication, folder: string): number {
  const copy = join(folder, 'copy.db');
  for (const end of ['', '-wal']) {
    rmSync(copy + end, { force: true });
    const from = kedge.inside(app.database + end);
    if (existsSync(from)) cpSync(from, copy + end);
  }
  return countOrders(copy);
}

diskTest(
  'a live disk with too little room gets an offer that works: the database is unpacked elsewhere',
  async () => {
    using folder = tempFolder();
    const app = await backedUp(folder.path);
    const live = join(folder.path, 'app');
    const staging = join(folder.path, 'staging');
    mkdirSync(staging);
    await using kedge = await startKedgeOnDisks(app.home, [
      { folder: live, sizeBytes: 70 * mebibyte },
    ]);
    const orders = (): number => ordersIn(kedge, app, folder.path);

    const refused = await planOf(kedge);
    expect(refused.obstacles).toEqual([expect.stringContaining(`not enough space in "${live}"`)]);
    expect(refused.offers).toMatchObject([
      { kind: 'staging elsewhere', sources: ['database'], suffices: true },
    ]);
    expect(refused.offers?.[0]?.command).toMatch(/^kedge restore run \w{8} --staging FOLDER$/);
    expect((await planOf(kedge, '--staging', staging)).obstacles).toEqual([]);
    expect((await planOf(kedge, '--staging', `${staging}/none`)).obstacles).toContain(
      `there is no folder "${staging}/none" to unpack into`,
    );

    const argv = ['restore', 'run', 'latest', '--staging', staging, '--confirm', 'Shop'];
    const ran = await kedgeAt(kedge.socket, argv);

    expect(ran.code, ran.err).toBe(0);
    expect(ran.out).toMatch(/Safety backup +[0-9a-f-]{36}/);
    expect(ran.out).toMatch(/Undo +[0-9a-f-]{36}, until /);
    expect(orders()).toBe(2_000);
    expect(readdirSync(staging)).toEqual([]);
    // It keeps what is live now too, and copies through a log: that is too much for this disk.
    const undone = await kedgeAt(kedge.socket, ['undo', 'run', '--confirm', 'Shop']);
    expect(undone.code, undone.err).toBe(10);
    expect(undone.err).toContain(`not enough space in "${live}"`);
    expect(orders()).toBe(2_000);
    const shown = await kedgeAt(kedge.socket, ['undo', 'show']);
    const instead = shown.out.match(/(?<=^ +kedge ).*/gm) ?? [];
    expect(instead.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'backup pin',
      'undo remove',
      'restore run',
    ]);
    const [pin = '', remove = '', restore = ''] = instead;
    const confirmed = ['--confirm', 'Shop'];
    expect((await kedgeAt(kedge.socket, pin.split(' '))).code).toBe(0);
    expect((await kedgeAt(kedge.socket, [...remove.split(' '), ...confirmed])).code).toBe(0);
    const words = restore.replace('FOLDER', staging).split(' ');
    const again = await kedgeAt(kedge.socket, [...words, ...confirmed]);
    expect(again.code, again.err).toBe(0);
    expect(orders()).toBe(1_500);
  },
);

diskTest(
  'where even other folders make too little room, the restore runs without an undo once that is typed',
  async () => {
    using folder = tempFolder();
    const app = await backedUp(folder.path);
    const live = join(folder.path, 'app');
    const staging = join(folder.path, 'staging');
    mkdirSync(staging);
    await using kedge = await startKedgeOnDisks(app.home, [
      { folder: live, sizeBytes: 50 * mebibyte },
    ]);

    const refused = await planOf(kedge);
    expect(refused.offers).toMatchObject([
      { kind: 'staging elsewhere', suffices: false },
      { kind: 'without undo', sources: ['database'], suffices: true },
    ]);
    expect(refused.offers?.[1]?.command).toMatch(
      /^kedge restore run \w{8} --staging FOLDER --without-undo$/,
    );
    const choices = ['--staging', staging, '--without-undo'];
    const planned = await planOf(kedge, ...choices);
    expect(planned.obstacles).toEqual([]);
    expect(planned.warnings).toContainEqual(expect.stringContaining('restore the safety backup'));
    const run = ['restore', 'run', 'latest', ...choices, '--confirm', 'Shop'];
    const unasked = await kedgeAt(kedge.socket, run);
    expect(unasked.code, unasked.err).toBe(5);

    const ran = await kedgeAt(kedge.socket, [...run, '--consent', 'without undo']);

    expect(ran.code, ran.err).toBe(0);
    expect(ran.out).toMatch(/no undo was kept, as it was agreed: to go back, restore the safety/);
    expect(ordersIn(kedge, app, folder.path)).toBe(2_000);
    expect(readdirSync(staging)).toEqual([]);
    expect(readdirSync(kedge.inside(live)).filter((name) => name.startsWith('.kedge'))).toEqual([]);
    const safety = ran.out.match(/(?<=kedge restore run )\w+/)?.[0] ?? '';
    const back = ['restore', 'run', safety, ...choices, '--consent', 'without undo'];
    const again = await kedgeAt(kedge.socket, [...back, '--confirm', 'Shop']);
    expect(again.code, again.err).toBe(0);
    expect(ordersIn(kedge, app, folder.path)).toBe(1_500);
    const shown = await kedgeAt(kedge.socket, ['undo', 'list', '--json']);
    expect(JSON.parse(shown.out).undos).toEqual([]);
    // Nobody but a person lets go of the only way back.
    const { path } = await kept(kedge, safety);
    const deleting = ['backup', 'delete', safety, '--confirm', basename(path)];
    const deleted = await kedgeAt(kedge.socket, deleting);
    expect(deleted.code, deleted.err).toBe(0);
  },
);

diskTest(
  'a destination without room for the safety backup stops the restore before anything, and another takes it',
  async () => {
    using folder = tempFolder();
    const app = await backedUp(folder.path);
    const database = new Database(app.database);
    database.exec('update scans set scan = randomblob(1048576)');
    database.close();
    const elsewhere = join(folder.path, 'elsewhere');
    mkdirSync(elsewhere);
    await using kedge = await startKedgeOnDisks(app.home, [
      { folder: app.store, sizeBytes: 28 * mebibyte },
    ]);

    const run = ['restore', 'run', 'latest', '--confirm', 'Shop'];
    const refused = await kedgeAt(kedge.socket, run);
    expect(refused.code, refused.err).toBe(10);
    expect(refused.err).toContain('there is no room for the safety backup');
    expect(refused.err).toContain('--safety-to FOLDER');
    expect(countOrders(app.database)).toBe(1_500);
    expect(
      readdirSync(kedge.inside(app.store)).filter((name) => name.includes('tar.zst')),
    ).toHaveLength(1);

    const ran = await kedgeAt(kedge.socket, [...run, '--safety-to', elsewhere]);
    expect(ran.code, ran.err).toBe(0);
    expect(countOrders(app.database)).toBe(2_000);
    expect(readdirSync(elsewhere)).toHaveLength(1);
  },
);
