import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Undo } from '../../protocol/domain/restore.ts';
import type { UndoPreview } from '../../protocol/domain/undo-preview.ts';
import { jobShow } from '../../protocol/methods/job.ts';
import { undoPin, undoPreview, undoRemove } from '../../protocol/methods/restore.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { cannedJob, cannedNowMs } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
  fake.snapshot = { ...fake.snapshot, undos: [undo] };
});
afterEach(async () => await fake[Symbol.asyncDispose]());

const [enter, tab] = ['\r', '\t'];

const undo: Undo = {
  id: '11223344-undo',
  job: 7,
  createdAtMs: cannedNowMs - 3_600_000,
  expiresAtMs: cannedNowMs + 6 * 86_400_000,
  bytes: 1_000_000,
  title: 'Restore of clinic.tar.zst',
  state: 'ready',
};

async function openUndos() {
  const screen = await openTestWorkbench(fake, { columns: 100, rows: 30 });
  await screen.shows('All is well');
  screen.press('3');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press(tab);
  return screen;
}

function previewOf(): UndoPreview {
  return {
    undo: { ...undo, safety: '77665544-0000' },
    createdAtMs: cannedNowMs,
    application: 'Clinic',
    changes: [
      {
        source: 'database',
        engine: 'sqlite',
        live: '/srv/clinic.db',
        bytes: 1,
        tables: [
          { table: 'patients', backupRows: 5, liveRows: 7, inserted: 3, changed: 1, deleted: 1 },
        ],
      },
    ],
    written: {
      kind: 'known',
      changes: [
        {
          source: 'database',
          engine: 'sqlite',
          live: '/srv/clinic.db',
          bytes: 1,
          tables: [
            { table: 'patients', backupRows: 6, liveRows: 7, inserted: 1, changed: 0, deleted: 0 },
          ],
        },
        {
          source: 'uploads',
          engine: 'files',
          live: '/srv/uploads',
          bytes: 1,
          files: { newer: 2, changed: 1, deleted: 0, bytesNewer: 9, examples: ['a/scan.jpg'] },
        },
      ],
    },
    services: [{ id: 'host', willStop: true }],
    keepInstead: 'kedge restore run 77665544 --keep-newer',
  };
}

test('an undo is pinned by p, and removed by d once the name is typed', async () => {
  fake.answer(undoPin, ({ pinned }) => ({ undo: { ...undo, ...(pinned && { pinned }) } }));
  fake.answer(undoRemove, () => ({ removed: undo }));
  await using screen = await openUndos();
  screen.press('p');
  await until(() => fake.calls.some(({ method }) => method === 'undo.pin'));
  expect(fake.calls.find(({ method }) => method === 'undo.pin')?.params).toMatchObject({
    undo: undo.id,
    pinned: true,
  });
  screen.press('d');
  await screen.shows('can not be taken back any more');
  expect(fake.calls.some(({ method }) => method === 'undo.remove')).toBe(false);
  screen.press(...(fake.snapshot.application?.name ?? ''), enter);
  await until(() => fake.calls.some(({ method }) => method === 'undo.remove'));
});

test('an undo whose server is gone is removed by F, and what stays there is named, of several in one list', async () => {
  const other = { ...undo, id: '55667788-undo', title: 'Restore of yesterday' };
  fake.snapshot = { ...fake.snapshot, undos: [undo, other] };
  fake.answer(undoRemove, ({ undo: id }) => ({
    removed: id === undo.id ? undo : other,
    left: [{ name: `clinic__kedge_undo_${id.slice(0, 8)}`, of: 'clinic', why: 'it is gone' }],
  }));
  await using screen = await openUndos();
  screen.press('m');
  await screen.shows(/though its server is gone +F/);
  screen.press('\u001B', 'F');
  await screen.shows('only for a server that never comes back');
  screen.press('\u001B', ' ', ' ', 'F');
  await screen.shows('Remove 2 undos, though their server is gone');
  await screen.shows('Type 2 to confirm');
  await screen.shows('Those restores can not be');
  await screen.shows('only for a server that never comes back');
  screen.press('2', enter);
  await screen.shows(/though their server is gone ─[\s\S]*clinic__kedge_undo_11223344/);
  await screen.shows('clinic__kedge_undo_55667788');
  const orders = fake.calls.filter(({ method }) => method === 'undo.remove');
  expect(orders.map(({ params }) => params)).toEqual(
    [undo, other].map(({ id }) =>
      expect.objectContaining({ undo: id, forget: true, confirmation: 'Clinic' }),
    ),
  );
});

test('Enter shows what an undo would take away, and how to keep it', async () => {
  const job = cannedJob({
    id: 61,
    kind: 'plan',
    finishedAtMs: cannedNowMs,
    state: { kind: 'done', result: { kind: 'undo-preview', preview: previewOf() } },
  });
  fake.answer(undoPreview, () => ({ job: 61 }));
  fake.answer(jobShow, () => ({ job }));
  await using screen = await openUndos();
  screen.press(enter);
  await until(() => fake.calls.some(({ method }) => method === 'undo.preview'));
  fake.notify({ topic: 'job', job });
  await screen.shows('patients: 1 row comes back, 3 rows go, 1 row is again as before');
  await screen.shows('database: patients: 1 new row, 0 changed, 0 deleted');
  await screen.shows('    a/scan.jpg');
  await screen.shows('    and 2 more');
  await screen.shows('kedge restore run 77665544 --keep-newer');
});
