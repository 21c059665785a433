import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SpacePlace } from '../../protocol/domain/space.ts';
import { backupCopy } from '../../protocol/methods/copy.ts';
import { spaceClear, spaceRead } from '../../protocol/methods/space.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

const gib = 2 ** 30;
const place: SpacePlace = {
  stores: ['local', 'state'],
  path: '/var/backups/clinic',
  state: 'online',
  freeBytes: 23 * gib,
  totalBytes: 100 * gib,
  backupBytes: 40 * gib,
  trashBytes: 2 * gib,
  undoBytes: 0,
  growthBytesPerDay: 2 * gib,
  fullInDays: 11.5,
  offers: [
    {
      kind: 'differentials',
      text: '12 differentials in "local" older than its newest full',
      bytes: 3 * gib,
      count: 12,
      cost: 'the moments between the older fulls, which stay',
      command: 'space.clear',
      args: { what: 'differentials', store: 'local' },
    },
    {
      kind: 'move',
      text: '2 fulls older than 30 days to another place, such as a drive',
      bytes: 4 * gib,
      count: 2,
      cost: 'a restore from them needs that place',
      command: 'backup.move',
      args: { backup: ['0f3a9c1e5b7d2468', 'aaaaaaaabbbbbbbb'] },
    },
  ],
};

let fake: FakeKedge;
let offers = place.offers;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
  offers = place.offers;
  fake.answer(spaceRead, () => ({ places: [{ ...place, offers }] }));
  fake.answer(spaceClear, () => {
    offers = offers.slice(1);
    return { removed: Array.from({ length: 12 }, (_, n) => `/gone/${n}`), bytes: 3 * gib };
  });
  fake.answer(backupCopy, () => ({ job: 7 }));
});
afterEach(async () => await fake[Symbol.asyncDispose]());

const sent = (method: string) => fake.calls.filter((call) => call.method === method);

test('free space says when a disk is full and what may go; enter does it once it is confirmed', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('Clinic');
  screen.press('7');
  await screen.shows('free space');
  screen.press('s');
  await screen.shows('in 11 days');
  await screen.shows('3.0 GiB  12 differentials in "local" older than its newest full');
  await screen.shows('Costs: the moments between the older fulls, which stay.');
  screen.press('\r');
  await screen.shows('12');
  expect(sent('space.clear')).toEqual([]);
  screen.press('1', '2', '\r');
  await screen.shows('Removed 12, 3.0 GiB');
  expect(sent('space.clear').map(({ params }) => params)).toMatchObject([
    { what: 'differentials', store: 'local', confirmation: '12' },
  ]);
  // It was read again: what went is offered no more.
  await screen.shows('>   4.0 GiB  2 fulls older than 30 days');
  screen.press('\r');
  await screen.shows('It gives 4.0 GiB.');
  screen.press('\t', '\r');
  await screen.shows('local');
  expect(sent('backup.copy')).toEqual([]);
  screen.press('\r');
  await screen.shows('started as job 7');
  expect(sent('backup.copy').map(({ params }) => params)).toMatchObject([
    {
      backups: ['0f3a9c1e5b7d2468', 'aaaaaaaabbbbbbbb'],
      to: { kind: 'store', store: 'local' },
      move: true,
    },
  ]);
  screen.press('\u001B');
  await screen.shows('Disk in use');
});

test('what was agreed to is done, or nothing, when the offers were read anew meanwhile', async () => {
  const [first] = offers;
  if (first === undefined) throw new Error('no offer');
  const other = (id: string) => ({
    ...first,
    command: 'backup.move',
    text: `move ${id}`,
    args: { backup: [id], to: 'local' },
  });
  offers = [other('a'), other('b')];
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('Clinic');
  screen.press('7', 's');
  await screen.shows('move b');
  screen.press('\r');
  await screen.shows('It gives 3.0 GiB.');
  offers = offers.slice(1);
  screen.running.bench.run({ command: 'destinations.space' });
  await until(() => {
    const read = screen.running.ui().data.space;
    return read?.kind === 'ready' && read.value[0]?.offers.length === 1;
  });
  screen.press('\t', '\r');
  await screen.shows('not offered any more');
  expect(sent('backup.copy')).toEqual([]);
});
