import { expect, test } from 'vitest';
import { overlapWarnings } from '../../agent/backup/overlaps.ts';
import { openFiles } from '../../agent/sources/files/source.ts';
import { openSqlite } from '../../agent/sources/sqlite/source.ts';

const database = openSqlite('database', { engine: 'sqlite', path: '/srv/app/db/clinic.db' });
const filesOf = (path: string, exclude?: string[]) =>
  openFiles('all', { engine: 'files', path, ...(exclude && { exclude }) });

test('a source of files that takes a database too is warned of', () => {
  expect(overlapWarnings([filesOf('/srv/app'), database])).toEqual([
    'source "all" also takes "/srv/app/db/clinic.db", the database of source "database", as a plain file: that copy may be of no use, so leave it out',
  ]);
});

test('nothing is said where the database, or a folder that holds it, is left out or lies elsewhere', () => {
  expect(overlapWarnings([filesOf('/srv/app', ['db/*.db']), database])).toEqual([]);
  expect(overlapWarnings([filesOf('/srv/app', ['db']), database])).toEqual([]);
  expect(overlapWarnings([filesOf('/srv/application'), database])).toEqual([]);
});
