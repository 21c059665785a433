import { expect, test } from 'vitest';
import { restoreTitle } from '../../agent/restore/modes/title.ts';
import type { RestorePlan } from '../../protocol/domain/restore.ts';
import { cannedBackup } from '../support/canned-snapshot.ts';

const backup = cannedBackup({ path: '/backups/clinic.tar.zst' });

const titled = (parts: RestorePlan['parts'], mode?: RestorePlan['mode']): string =>
  restoreTitle({ backup, mode, parts });

test('a restore is called by what it brings back', () => {
  expect([
    titled(undefined),
    titled([{ source: 'uploads' }]),
    titled([{ source: 'uploads', paths: ['2024', 'logo.png'] }]),
    titled([{ source: 'database', tables: [{ table: 'patients', keys: [[1], [2]] }] }]),
    titled([{ source: 'uploads', paths: ['a', 'b', 'c', 'd'] }]),
    titled([{ source: 'uploads', paths: [`${'deep/'.repeat(20)}end.pdf`] }]),
  ]).toEqual([
    'restore of clinic.tar.zst',
    'restore of uploads of clinic.tar.zst',
    'restore of uploads/2024, uploads/logo.png of clinic.tar.zst',
    'restore of 2 rows of database.patients of clinic.tar.zst',
    'restore of uploads/a, uploads/b and 2 more of clinic.tar.zst',
    `restore of …p/${'deep/'.repeat(6)}end.pdf of clinic.tar.zst`,
  ]);
});

test('also one that goes elsewhere, beside what is live, or keeps what is newer', () => {
  const parts = [{ source: 'database', tables: [{ table: 'patients' }] }];
  expect([
    titled([{ source: 'uploads' }], { kind: 'elsewhere', folder: '/tmp/look' }),
    titled(parts, { kind: 'beside' }),
    titled(parts, { kind: 'merge' }),
  ]).toEqual([
    'unpacking of uploads of clinic.tar.zst into /tmp/look',
    'database.patients of clinic.tar.zst beside what is live',
    'merge of database.patients of clinic.tar.zst',
  ]);
});
