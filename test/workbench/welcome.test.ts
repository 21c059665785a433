import { afterEach, beforeEach, expect, test } from 'vitest';
import { backupList } from '../../protocol/methods/backup.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { cannedSnapshot } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

const empty = cannedSnapshot({
  jobs: [],
  services: [],
  schedules: [],
  stores: [],
  undos: [],
  backupCount: 0,
});

let fake: FakeKedge;
let edited: number;
const edit = (): undefined => {
  edited += 1;
  return undefined;
};
beforeEach(async () => {
  fake = await startFakeKedge(empty);
  answerEverything(fake);
  fake.answer(backupList, () => ({ total: 0, backups: [] }));
  edited = 0;
});
afterEach(async () => await fake[Symbol.asyncDispose]());

test.each([
  { columns: 120, rows: 40 },
  { columns: 80, rows: 24 },
])(
  'with nothing there each screen says what to do next, and the key it names does it (%o)',
  async (size) => {
    await using screen = await openTestWorkbench(fake, { ...size, edit });
    const ui = () => screen.running.ui();
    await screen.shows('Press b to back up');
    screen.press('b');
    await until(() => ui().view === 'back-up' && ui().focus['back-up'] === 'back-up.name');
    await screen.shows('No backups yet.');
    screen.press('\u001B4');
    await screen.shows('Press c to create one');
    screen.press('c');
    await until(() => ui().pages.schedules?.kind === 'schedule');
    screen.press('\u001B5');
    await screen.shows('Press 8 and e to add them');
    screen.press('8', 'e');
    await until(() => edited === 1);
    screen.press('7');
    await screen.shows('Press e to add one');
    screen.press('e');
    await until(() => edited === 2);
    screen.press('6');
    await screen.shows('Press b to back up');
    screen.press('3');
    await screen.shows('No backups yet.');
  },
);

test('before an application is configured the screens say so, and how that is done', async () => {
  const { application: _none, ...bare } = empty;
  fake.snapshot = bare;
  await using screen = await openTestWorkbench(fake, { columns: 100, rows: 30, edit });
  await screen.shows('no application yet');
  for (const key of ['1', '2', '3', '4', '5', '7']) {
    screen.press(key);
    await screen.settled();
    expect(screen.text(), key).toContain('In a shell, run "kedge init');
  }
});
