import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { openCatalogue } from '../../agent/catalogue/catalogue.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

const backup = (number: number, more: Partial<Backup> = {}): Backup => ({
  id: `${number}0000000-0000-4000-8000-000000000000`,
  kind: 'full',
  application: 'shop',
  host: 'here',
  installation: 'ours',
  origin: 'manual',
  capturedAtMs: number * 1_000,
  zone: 'UTC',
  path: `/backups/shop_${number}.tar.zst`,
  store: 'local',
  presence: 'present',
  sizeBytes: 1,
  contentBytes: 2,
  outcome: 'complete',
  gaps: [],
  sources: [],
  proof: { kind: 'sealed' },
  integrity: 'pending',
  ...more,
});

function fileWith(...backups: readonly Backup[]): string {
  const path = join(temporaryFolder(), 'catalogue.sqlite');
  using catalogue = openCatalogue(path);
  for (const one of backups) catalogue.put(one);
  return path;
}

test('what was put is there after another opening', () => {
  using catalogue = openCatalogue(fileWith(backup(1), backup(2)));
  expect([catalogue.get(backup(1).id), catalogue.byPath(backup(2).path)]).toEqual([
    backup(1),
    backup(2),
  ]);
});

test('a page is newest first and counts all that fit the filter', () => {
  const many = [1, 2, 3, 4].map((number) => backup(number));
  using catalogue = openCatalogue(fileWith(...many, backup(5, { store: 'usb' })));
  expect(catalogue.page(1, 2, 'LOCAL')).toEqual({ total: 4, backups: [backup(3), backup(2)] });
});

test('a filter finds what has all its words, times as they are shown, whatever the file is called', () => {
  const at = (minute: number, path: string) =>
    backup(minute, { capturedAtMs: new Date(2026, 10, 22, 5, minute, 9).getTime(), path });
  const [named, other] = [
    at(3, '/b/before update.tar.zst'),
    at(4, '/mnt/nas:b/shop_2026-11-22.tar.zst'),
  ];
  using catalogue = openCatalogue(fileWith(named, other));
  const found = (filter: string) => catalogue.page(0, 9, filter).backups.map(({ id }) => id);
  expect(
    [
      ...['05:0', '2026-11-22', '05:03', '05:03:09', 'update 05:03', 'LOCAL before'],
      ...['nas:b', 'update 05:04'],
    ].map(found),
  ).toEqual([
    [other.id, named.id],
    [other.id, named.id],
    [named.id],
    [named.id],
    [named.id],
    [named.id],
    [other.id],
    [],
  ]);
});

test('leading characters of an id find all that begin with them', () => {
  const twin = backup(1, { id: '10000000-1111-4000-8000-000000000000', path: '/other' });
  using catalogue = openCatalogue(fileWith(backup(1), backup(2), twin));
  expect(catalogue.find('10000000').map(({ path }) => path)).toEqual([backup(1).path, '/other']);
  expect(catalogue.find('%')).toEqual([]);
});

test('a backup is found by the name of its file, whole or without its endings', () => {
  const path = '/backups/Before the update.tar.zst.age';
  using catalogue = openCatalogue(fileWith(backup(1), backup(2, { path })));
  const found = [
    'Before the update',
    'Before the update.tar.zst.age',
    'Before',
    'before the update',
  ];
  expect(found.map((name) => catalogue.named(name).length)).toEqual([1, 1, 0, 0]);
});

test('a path holds one archive: another one that is put there takes its place', () => {
  const other = backup(2, { path: backup(1).path });
  using catalogue = openCatalogue(fileWith(backup(1), other));
  expect(catalogue.all()).toEqual([other]);
});

test('rows of another version are thrown away', () => {
  const path = fileWith(backup(1));
  const database = new Database(path);
  database.pragma('user_version = 99');
  database.close();
  using catalogue = openCatalogue(path);
  expect(catalogue.count()).toBe(0);
});

test.each([
  ['is no database', (path: string) => writeFileSync(path, 'rubbish '.repeat(1_000))],
  ['was cut', (path: string) => truncateSync(path, 5_000)],
])('a file that %s is thrown away and made anew', (_how, harm) => {
  const path = fileWith(...[1, 2, 3, 4, 5, 6, 7, 8, 9].map((number) => backup(number)));
  harm(path);
  using catalogue = openCatalogue(path);
  catalogue.put(backup(1));
  expect(catalogue.all()).toEqual([backup(1)]);
});

test('all backups are those of now, also after they were asked for once', () => {
  using catalogue = openCatalogue(fileWith(backup(1)));
  expect(catalogue.all()).toEqual([backup(1)]);
  catalogue.put(backup(2));
  catalogue.remove(backup(1).id);
  expect(catalogue.all()).toEqual([backup(2)]);
});

const usb = (more: Partial<Backup> = {}) =>
  backup(1, { path: '/mnt/usb/shop_1.tar.zst', store: 'usb', ...more });
const own = backup(1);
const asCopy = ({ path, store = '', presence }: Backup) => ({ path, store, presence });

test('an archive in two places is one backup with a copy, in whatever order they were found', () => {
  using one = openCatalogue(fileWith(own, usb()));
  using other = openCatalogue(fileWith(usb(), own));
  for (const catalogue of [one, other])
    catalogue.prefer({ stores: ['local', 'usb'], ofSchedules: {} });
  expect(one.all()).toEqual([{ ...own, copies: [asCopy(usb())] }]);
  expect(other.all()).toEqual(one.all());
  expect(one.byPath(usb().path)).toEqual({ ...usb(), copies: [asCopy(own)] });
  expect(one.page(0, 10, 'mnt/usb').total).toBe(1);
});

test('the place that is there comes first, then the store of its schedule, then the order of stores', () => {
  using catalogue = openCatalogue(fileWith(own, usb({ schedule: 'nightly' })));
  catalogue.put({ ...own, schedule: 'nightly' });
  const first = () => catalogue.get(own.id)?.path;
  catalogue.prefer({ stores: ['local', 'usb'], ofSchedules: {} });
  const byOrder = first();
  catalogue.prefer({ stores: ['local', 'usb'], ofSchedules: { nightly: 'usb' } });
  const bySchedule = first();
  catalogue.put(usb({ schedule: 'nightly', presence: 'offline' }));
  expect([byOrder, bySchedule, first()]).toEqual([own.path, usb().path, own.path]);
});

test('a backup stays listed until its last place is gone', () => {
  using catalogue = openCatalogue(fileWith(own, usb()));
  catalogue.removePlace(own.path);
  expect(catalogue.all()).toEqual([usb()]);
  catalogue.removePlace(usb().path);
  expect([catalogue.count(), catalogue.stores()]).toEqual([0, []]);
});

test('a file of another size that bears the same id is no copy', () => {
  using catalogue = openCatalogue(fileWith(own, usb({ sizeBytes: 2 })));
  expect(catalogue.get(own.id)?.copies).toBeUndefined();
});
