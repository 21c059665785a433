import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { setFaultHook } from '../../agent/os/faults.ts';
import { expireUndos } from '../../agent/restore/expire-undos.ts';
import { findUnfinishedJournals, recoverJournal } from '../../agent/restore/recover.ts';
import { findUndo, listUndos, removeUndo } from '../../agent/restore/undo-records.ts';
import { isUndoInUse } from '../../agent/server/keep-house.ts';
import { Crash } from '../support/crash-at.ts';
import { RestoreFixture } from '../support/restore-fixture.ts';
import '../support/memory-disk.ts';

afterEach(() => setFaultHook(undefined));

function firstFileBelow(folder: string): string {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  const file = names.find((name) => statSync(join(folder, name)).isFile()) ?? '';
  return join(folder, file);
}

test('of an undo that Kedge died removing nobody brings a half back, and it goes the next time', async () => {
  using app = new RestoreFixture();
  const { undo: id = '' } = await app.restore(await app.plan(await app.backup()));
  const undo = await findUndo(app.stateFolder, id);
  const live = app.live();
  const uploads = undo.sources.find(({ source }) => source === 'uploads')?.items[0]?.kept ?? '';
  setFaultHook(({ name }) => {
    if (name !== 'remove tree') return;
    rmSync(firstFileBelow(uploads));
    throw new Crash('died in the middle of a folder');
  });
  await expect(removeUndo(app.stateFolder, undo)).rejects.toThrow('in the middle');
  setFaultHook(undefined);

  expect(await listUndos(app.stateFolder)).toEqual([{ ...undo, state: 'gone', isRemoved: true }]);
  await expect(app.undo(id)).rejects.toMatchObject({ failure: { code: 'undo-gone' } });
  expect(app.live()).toEqual(live);
  await expireUndos(app.stateFolder, undo.expiresAtMs);
  expect([await listUndos(app.stateFolder), app.places()]).toEqual([[], []]);
});

test('an undo that somebody began to use is not removed, and neither is one whose server says no', async () => {
  using app = new RestoreFixture();
  const { undo: id = '' } = await app.restore(await app.plan(await app.backup()));
  const undo = await findUndo(app.stateFolder, id);
  const { stateFolder } = app;
  const used = removeUndo(stateFolder, undo, { isInUse: () => true });
  await expect(used).rejects.toMatchObject({ failure: { code: 'busy' } });
  const inServers = async () => {
    expect((await findUndo(stateFolder, id)).state).toBe('gone');
    throw new Error('no');
  };
  await expect(removeUndo(stateFolder, undo, { inServers })).rejects.toThrow('no');
  expect(await listUndos(stateFolder)).toEqual([undo]);
  await app.undo(id);
});

test('an undo that died half-way keeps what it takes back until it is recovered', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  app.changeAll();
  const { undo: id = '' } = await app.restore(await app.plan(backup));
  const live = app.live();
  let dead = false;
  setFaultHook(({ name, path }) => {
    dead ||= name === 'rename' && path.includes('uploads');
    if (dead) throw new Crash(`died at ${path}`);
  });
  await expect(app.undo(id)).rejects.toThrow();
  setFaultHook(undefined);
  const { stateFolder } = app;
  const [journal = ''] = findUnfinishedJournals(stateFolder);

  const daemon = {
    places: { state: stateFolder },
    state: { jobs: { unfinished: () => [] } },
  } as never;
  const { expiresAtMs } = await findUndo(stateFolder, id);
  const isInUse = (undo: string): boolean => isUndoInUse(daemon, undo);
  expect(await expireUndos(stateFolder, expiresAtMs, { isInUse })).toMatchObject([
    { undo: { id }, problem: expect.stringContaining('recovery runs or waits') },
  ]);
  expect((await recoverJournal(journal, app.context, app.work())).outcome).toBe('rolled back');
  expect(app.live()).toEqual(live);
  expect(isUndoInUse(daemon, id)).toBe(false);
  await app.undo(id);
});
