import { expect, test } from 'vitest';
import { chooseBase } from '../../../agent/server/choose-base.ts';
import { chooseCopies } from '../../../agent/server/copies/choose-copies.ts';
import { dueCopies } from '../../../agent/server/copies/due-copies.ts';
import type { Backup } from '../../../protocol/domain/backup.ts';

function backup(id: string, day: number, more: Partial<Backup> = {}): Backup {
  return {
    id,
    kind: more.base === undefined ? 'full' : 'differential',
    application: 'shop',
    host: 'here',
    installation: 'ours',
    origin: 'schedule',
    schedule: 'nightly',
    capturedAtMs: day,
    zone: 'UTC',
    path: `/backups/${id}`,
    store: 'local',
    presence: 'present',
    sizeBytes: 1,
    contentBytes: 2,
    outcome: 'complete',
    gaps: [],
    sources: [],
    proof: { kind: 'verified', atMs: 0 },
    integrity: 'ok',
    sha256: `sum of ${id}`,
    ...more,
  };
}

const usb = { store: 'usb', folder: '/mnt/usb' };
const onUsb = (id: string, presence: 'present' | 'offline' = 'present') => ({
  copies: [{ path: `/mnt/usb/${id}`, store: 'usb', presence }],
});
const full = backup('full', 1);
const first = backup('first', 2, { base: 'full' });
const second = backup('second', 3, { base: 'full' });
const words = ({ items }: ReturnType<typeof chooseCopies>) =>
  items.map(({ backup: id, there, stays }) =>
    [id, there === undefined ? '' : 'there', stays === true ? 'stays' : '']
      .filter(Boolean)
      .join(' '),
  );

test('a full takes its differentials along, and stands before them', () => {
  const chosen = chooseCopies([full], [second, first, full, backup('other', 4)], usb);
  expect(words(chosen)).toEqual(['full', 'first', 'second']);
  expect(chosen.items[1]).toEqual({
    backup: 'first',
    kind: 'differential',
    base: 'full',
    from: '/backups/first',
    sizeBytes: 1,
    sha256: 'sum of first',
  });
});

test('a differential takes a copy of its full along, unless that is at the far end', () => {
  const there = { ...full, ...onUsb('full') };
  expect(words(chooseCopies([first], [full, first], usb))).toEqual(['full stays', 'first']);
  expect(words(chooseCopies([first], [there, first], usb))).toEqual(['first']);
});

test('of one that lies at both ends the near one is read, and one that lies only there is left', () => {
  const both = { ...full, ...onUsb('full') };
  const swapped = backup('full', 1, {
    path: '/mnt/usb/full',
    store: 'usb',
    copies: [{ path: '/backups/full', store: 'local', presence: 'present' }],
  });
  for (const one of [both, swapped]) {
    expect(chooseCopies([one], [one], usb).items).toMatchObject([
      { from: '/backups/full', there: '/mnt/usb/full' },
    ]);
  }
  const only = backup('full', 1, { path: '/mnt/usb/full', store: 'usb' });
  expect(words(chooseCopies([only], [only], usb))).toEqual(['full there stays']);
});

test('what can not be read now is named', () => {
  const away = backup('full', 1, { presence: 'offline' });
  expect(chooseCopies([first], [away, first], usb).absent.map(({ id }) => id)).toEqual(['full']);
});

test('due are the newest good full, its differentials, then the others, none that lies there already', () => {
  const due = dueCopies({
    schedule: 'nightly',
    copyTo: 'usb',
    installation: 'ours',
    backups: [
      backup('older', 0),
      full,
      first,
      { ...second, ...onUsb('second', 'offline') },
      backup('by hand', 4, { origin: 'manual' }),
      backup('foreign', 5, { installation: 'theirs' }),
      backup('unproven', 6, { proof: { kind: 'sealed' } }),
      backup('of another', 7, { schedule: 'weekly' }),
      backup('older differential', 8, { base: 'older' }),
      // One that can't be copied now would keep all others waiting.
      backup('away', 9, { presence: 'offline' }),
      backup('of one away', 10, { base: 'away' }),
      backup('of a lost one', 11, { base: 'lost' }),
      { ...backup('away, and there', 12, { presence: 'offline' }), ...onUsb('away, and there') },
      backup('of one there', 13, { base: 'away, and there' }),
    ],
  });
  expect(due.map(({ id }) => id)).toEqual([
    'full',
    'first',
    'of one there',
    'older differential',
    'older',
  ]);
});

test('what the cap of the second destination has taken again is not due, what is newer or fits is', () => {
  const backups = [
    backup('older', 0),
    { ...backup('there', 1), ...onUsb('there') },
    { ...backup('there too', 2), ...onUsb('there too') },
    backup('newer', 3),
  ];
  const question = { schedule: 'nightly', copyTo: 'usb', installation: 'ours', backups };
  const due = (maxBytes?: number) => dueCopies({ ...question, maxBytes }).map(({ id }) => id);
  expect([due(), due(3), due(2)]).toEqual([['newer', 'older'], ['newer', 'older'], ['newer']]);
});

test('a differential is taken against a full that only its copy has at that destination', () => {
  const backups = [{ ...full, ...onUsb('full') }];
  const question = { backups, application: 'shop', installation: 'ours' };
  const to = (store: string) => ({ kind: 'store', store }) as const;
  expect(chooseBase({ ...question, destination: to('usb') })).toEqual({
    base: { id: 'full', path: '/mnt/usb/full' },
  });
  expect(chooseBase({ ...question, destination: to('local') })).toEqual({
    base: { id: 'full', path: '/backups/full' },
  });
  const away = [{ ...full, ...onUsb('full', 'offline') }];
  expect(chooseBase({ ...question, backups: away, destination: to('usb') })).toHaveProperty(
    'whyFull',
  );
});
