import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildOf, firstDamage, sumsOf } from '../../../agent/setup/delivery/sums.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

const { signal } = new AbortController();

test('a program is damaged by any file that differs, is missing or is strange to it', async () => {
  const root = temporaryFolder();
  mkdirSync(join(root, 'dist'));
  writeFileSync(join(root, 'dist/main.js'), 'run()');
  writeFileSync(join(root, 'README.md'), 'read');
  symlinkSync('dist/main.js', join(root, 'link'));
  const sums = await sumsOf(root, signal);
  expect(sums.split('\n').map((line) => line.slice(66))).toEqual(['README.md', 'dist/main.js', '']);
  writeFileSync(join(root, 'SHA256SUMS'), sums);
  expect(await firstDamage(root, sums, signal)).toBeUndefined();

  writeFileSync(join(root, 'dist/strange.js'), 'x');
  expect(await firstDamage(root, sums, signal)).toBe('dist/strange.js');
  const other = await sumsOf(root, signal);
  expect(buildOf(other)).not.toBe(buildOf(sums));
  expect(await firstDamage(root, `${other}${'0'.repeat(64)}  gone.js\n`, signal)).toBe('gone.js');
  writeFileSync(join(root, 'README.md'), 'changed');
  expect(await firstDamage(root, other, signal)).toBe('README.md');
});
