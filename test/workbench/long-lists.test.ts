import { afterEach, beforeEach, expect, test } from 'vitest';
import { KedgeError } from '../../protocol/failures.ts';
import { backupList } from '../../protocol/methods/backup.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { cannedBackup } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

const total = 2_600;

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
  fake.answer(backupList, ({ offset, limit }) => ({
    total,
    backups: Array.from({ length: Math.min(limit, total - offset) }, (_, n) =>
      cannedBackup({ id: `backup-${offset + n}`, path: `/b/number ${offset + n}.tar.zst` }),
    ),
  }));
});
afterEach(async () => await fake[Symbol.asyncDispose]());

test('who goes to the end of what is at hand gets more, up to the last one', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 120, rows: 40 });
  await screen.shows('All is well');
  await screen.running.bench.session.loadBackups(1_000);
  screen.press('2');
  await screen.shows('number 0');
  for (const last of [999, 1_999, 2_599]) {
    await until(() => screen.running.bench.areas()['back-up.list']?.count === last + 1);
    screen.press('G');
    await screen.shows(`number ${last}`);
  }
  expect(screen.running.bench.areas()['back-up.list']).toMatchObject({ selected: total - 1 });
});

test('a list that could not be read says why, and not that there is nothing', async () => {
  fake.answer(backupList, () => {
    throw new KedgeError('unavailable', { what: 'listing backups', why: 'the disk is gone' });
  });
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  screen.press('2');
  await screen.shows('the disk is gone');
  expect(screen.text()).not.toContain('No backups yet');
});
