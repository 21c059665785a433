import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tryWritableFolder } from '../../agent/os/probe.ts';
import { temporaryFolder } from '../support/temp-folder.ts';

test('a folder is tried without a trace, and what is none fails', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const before = statSync(folder, { bigint: true }).mtimeNs;
  await tryWritableFolder(folder);
  expect(statSync(folder, { bigint: true }).mtimeNs).toBe(before);
  expect(readdirSync(folder)).toEqual(['file']);
  await expect(tryWritableFolder(file)).rejects.toThrow('ENOTDIR');
  await expect(tryWritableFolder(join(folder, 'absent'))).rejects.toThrow('ENOENT');
});
