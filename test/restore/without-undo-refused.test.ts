import * as fs from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Restorable } from '../../agent/restore/restorable.ts';
import { runRestore } from '../../agent/restore/run-restore.ts';
import { spaceOffers } from '../../agent/restore/space-offers.ts';
import type { SpaceNeed } from '../../agent/sources/restore-kind.ts';
import { nowMs, RestoreFixture, rowsOf } from '../support/restore-fixture.ts';
import { planOf } from '../support/restore-in-part.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { backedUp, changed, withoutUndo } from '../support/without-undo.ts';

const tmpfs = 0x01021994;

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
