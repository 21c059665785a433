import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RetentionLine, TrashedBackup } from '../../protocol/domain/retention.ts';
import {
  retentionPreview,
  retentionRun,
  trashEmpty,
  trashList,
  trashRestore,
} from '../../protocol/methods/retention.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { dayMs, now, oldBackup } from '../support/retention-cases.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

const backup = oldBackup('0f3a9c1e5b7d2468', 40, { sizeBytes: 2 ** 30 });
const trashed: TrashedBackup = {
  backup,
  trashedAtMs: now - dayMs,
  reason: 'older than 30 days',
  expiresAtMs: now + 6 * dayMs,
  path: '/store/.kedge-trash/2026-11-20T12-00-00Z/clinic-october_full.tar.zst',
};
const goes = { verdict: 'goes', reason: 'older than 30 days', name: 'old_full.tar.zst' } as const;
let lines: readonly RetentionLine[];
let inTrash: readonly TrashedBackup[];

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
  lines = [
    { backup: 'aaaa', verdict: 'stays', reason: 'not older than 30 days', name: 'new.tar.zst' },
    { backup: 'bbbb', ...goes },
  ];
  inTrash = [trashed];
  fake.answer(retentionPreview, () => ({ lines: [...lines] }));
  fake.answer(trashList, () => ({ trashed: [...inTrash] }));
  fake.answer(retentionRun, () => {
    lines = lines.slice(0, 1);
    return { gone: ['bbbb'] };
  });
  fake.answer(trashRestore, () => {
    inTrash = [];
    return { restored: [backup.id] };
  });
  fake.answer(trashEmpty, () => {
    inTrash = [];
    return { removed: [backup.id], bytes: 2 ** 30 };
  });
});
afterEach(async () => await fake[Symbol.asyncDispose]());

const sent = (method: string) => fake.calls.filter((call) => call.method === method);

test('a page says of every backup why it stays or goes, and lets go of them once that is confirmed', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('Clinic');
  screen.press('7');
  screen.press('g');
  await screen.shows('1 backup stays, 1 goes into the trash');
  await screen.shows(/goes {5}old_full +older/);
  screen.press('x');
  await screen.shows('1 backup goes into the trash of its destination.');
  expect(sent('retention.run')).toEqual([]);
  screen.press('\t', '\r');
  await screen.shows('1 backup stays, nothing goes');
  expect(sent('retention.run')).toHaveLength(1);
});

test('the trash says why and until when; enter brings back, and it is emptied by typing how many', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('Clinic');
  screen.press('7');
  screen.press('t');
  await screen.shows('clinic-october_full.tar.zst');
  await screen.shows('older than 30 days');
  screen.press('\r');
  await screen.shows('The trash is empty.');
  expect(sent('trash.restore')).toMatchObject([{ params: { backup: backup.id } }]);
  inTrash = [trashed];
  screen.press('\u001b');
  screen.press('t');
  await screen.shows('clinic-october_full.tar.zst');
  screen.press('x');
  await screen.shows('1 deleted backup is removed for good (1.0 GiB).');
  screen.press('1', '\r');
  await screen.shows('The trash is empty.');
  expect(sent('trash.empty')).toMatchObject([{ params: { confirmation: '1' } }]);
});

test('before a full is removed for good, the differentials that go with it are counted', async () => {
  const { base: _none, ...record } = oldBackup('1111111111111111', 30, { sizeBytes: 2 ** 30 });
  const differential = { ...record, base: backup.id };
  const path = '/store/.kedge-trash/2026-11-20T12-00-00Z/clinic-october_diff.tar.zst';
  inTrash = [trashed, { ...trashed, backup: differential, path }];
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('Clinic');
  screen.press('7', 't');
  await screen.shows('clinic-october_full.tar.zst');
  screen.running.bench.run({ command: 'destinations.erase' });
  await screen.shows('2 deleted backups are removed for good (2.0 GiB).');
  expect(screen.text()).toContain('Type clinic-october_full.tar.zst');
});

test('of a backup that lies in two trashes the chosen one comes back, and each says where it lies', async () => {
  const other = '/mnt/usb/.kedge-trash/2026-11-20T12-00-00Z/clinic-october_full.tar.zst';
  inTrash = [
    { ...trashed, backup: { ...backup, store: 'local' } },
    { ...trashed, backup: { ...backup, store: 'usb' }, path: other },
  ];
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('Clinic');
  screen.press('7', 't');
  await screen.shows(/> clinic-october_full +local /);
  screen.press('\u001B[B');
  await screen.shows(/> clinic-october_full +usb /);
  await screen.shows(other.slice(0, 40));
  screen.press('\r');
  await until(() => sent('trash.restore').length === 1);
  expect(sent('trash.restore')[0]?.params).toMatchObject({ backup: other });
});

test('an empty trash offers no key for what is in it, and says why when one is pressed', async () => {
  inTrash = [];
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('Clinic');
  screen.press('7');
  screen.press('t');
  await screen.shows('The trash is empty.');

  expect(screen.text()).not.toMatch(/bring back|x empty|d remove/);
  screen.press('x');

  await screen.shows('Empty the trash: The trash is empty.');
});
