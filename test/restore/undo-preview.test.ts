import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { expireUndos } from '../../agent/restore/expire-undos.ts';
import { previewUndo } from '../../agent/restore/undo-preview.ts';
import { findUndo, listUndos, writeUndo } from '../../agent/restore/undo-records.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import { nowMs, RestoreFixture } from '../support/restore-fixture.ts';

async function preview(app: RestoreFixture, id: string, backup?: Backup) {
  const undo = await findUndo(app.stateFolder, id);
  return await previewUndo({ undo, backup, nowMs }, app.context, app.work());
}

function write(app: RestoreFixture): void {
  const database = new Database(app.database);
  database.exec("insert into patient (name) values ('since'); delete from patient where id = 7");
  database.close();
  writeFileSync(join(app.uploads, 'since.txt'), 'written since the restore');
}

test('a preview counts what comes back, what goes, and what of that was written since the restore', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  app.changeAll();
  const { undo = '' } = await app.restore(await app.plan(backup));
  write(app);
  const live = app.live();

  const { changes, written } = await preview(app, undo, backup);

  expect(changes).toMatchObject([
    {
      source: 'db',
      tables: [
        { table: 'later', inserted: 0, changed: 0, deleted: 1 },
        { table: 'odd "name', inserted: 0, changed: 0, deleted: 0 },
        // 200 old ones without number 7 and the one since go; the late one of before comes back.
        { table: 'patient', inserted: 199, changed: 1, deleted: 0 },
      ],
    },
    { source: 'uploads', files: { newer: 2, changed: 1, deleted: 1 } },
    { source: 'conf', files: { newer: 0, changed: 1, deleted: 1 } },
  ]);
  expect(written).toMatchObject({
    kind: 'known',
    changes: [
      {
        source: 'db',
        tables: expect.arrayContaining([
          expect.objectContaining({ table: 'patient', inserted: 1, changed: 0, deleted: 1 }),
        ]),
      },
      { source: 'uploads', files: { newer: 1, changed: 0, deleted: 0, examples: ['since.txt'] } },
      { source: 'conf', files: { newer: 0, changed: 0, deleted: 0 } },
    ],
  });
  expect(app.live()).toEqual(live);
});

test('of an undo of an undo, and without the backup, what was written since is said to be unknown', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  app.changeAll();
  const { undo = '' } = await app.restore(await app.plan(backup));
  expect((await preview(app, undo)).written).toMatchObject({
    kind: 'unknown',
    why: expect.stringContaining('not here any more'),
  });
  const again = await app.undo(undo);
  const { written, changes } = await preview(app, again.undo ?? '', backup);
  expect(written.kind).toBe('unknown');
  expect(changes[0]?.tables?.find(({ table }) => table === 'patient')).toMatchObject({
    inserted: 1,
    deleted: 200,
  });
});

test('the safety backup of a restore is offered to be merged where the application has written on', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  app.changeAll();
  const { undo = '' } = await app.restore(await app.plan(backup));
  const record = await findUndo(app.stateFolder, undo);
  await writeUndo(app.stateFolder, { ...record, safety: '0123456789' });

  expect((await preview(app, undo, backup)).keepInstead).toBeUndefined();
  write(app);
  expect((await preview(app, undo, backup)).keepInstead).toBe(
    'kedge restore run 01234567 --keep-newer',
  );
});

test('titles of undos that take each other back stay short', async () => {
  using app = new RestoreFixture();
  const { undo = '' } = await app.restore(await app.plan(await app.backup()));
  const titles: string[] = [];
  for (let id = undo, n = 0; n < 4; n += 1) {
    titles.push((await findUndo(app.stateFolder, id)).title);
    id = (await app.undo(id)).undo ?? '';
  }
  expect(titles).toEqual([
    'Restore of first.tar.zst',
    'Undo of: Restore of first.tar.zst',
    'Restore of first.tar.zst, again',
    'Undo of: Restore of first.tar.zst',
  ]);
});

const plenty = async () => ({ freeBytes: 50, totalBytes: 100 });

async function threeUndos(app: RestoreFixture): Promise<readonly string[]> {
  const plan = await app.plan(await app.backup());
  const ids: string[] = [];
  for (const age of [3, 2, 1]) {
    const { undo = '' } = await app.restore(plan);
    const record = await findUndo(app.stateFolder, undo);
    await writeUndo(app.stateFolder, { ...record, createdAtMs: nowMs - age, bytes: 1_000 });
    ids.push(undo);
  }
  return ids;
}

test('a pinned undo does not expire; unpinned it does', async () => {
  using app = new RestoreFixture();
  const { undo = '' } = await app.restore(await app.plan(await app.backup()));
  const record = await findUndo(app.stateFolder, undo);
  await writeUndo(app.stateFolder, { ...record, pinned: true });
  const late = record.expiresAtMs + 1;

  expect(await expireUndos(app.stateFolder, late, { space: plenty })).toEqual([]);
  await writeUndo(app.stateFolder, record);
  expect(await expireUndos(app.stateFolder, late, { space: plenty })).toMatchObject([
    { undo: { id: undo }, why: 'it has expired' },
  ]);
});

test('for room the oldest undos go, never the newest nor a pinned one', async () => {
  using app = new RestoreFixture();
  const [first = '', second = '', third = ''] = await threeUndos(app);
  const gone = async (limits: object, space = plenty) =>
    (await expireUndos(app.stateFolder, nowMs, { limits, space })).map(({ undo }) => undo.id);

  expect(await gone({ maxBytes: 3_000 })).toEqual([]);
  expect(await gone({ maxBytes: 2_500 })).toEqual([first]);
  expect(await gone({ minFreePercent: 10 })).toEqual([]);
  const pinned = await findUndo(app.stateFolder, second);
  await writeUndo(app.stateFolder, { ...pinned, pinned: true });
  const full = async () => ({ freeBytes: 9, totalBytes: 100 });
  expect(await gone({ minFreePercent: 10, maxBytes: 0 }, full)).toEqual([]);
  await writeUndo(app.stateFolder, { ...pinned });
  expect(await gone({ minFreePercent: 10 }, full)).toEqual([second]);
  expect((await listUndos(app.stateFolder)).map(({ id }) => id)).toEqual([third]);
});
