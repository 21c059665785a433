import { execFile } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { shippedModuleFiles } from '../../../agent/setup/delivery/shipped-modules.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

const run = promisify(execFile);
const checkout = join(import.meta.dirname, '../../..');

test('modules outside of the bundles load from what is shipped alone', async () => {
  const folder = temporaryFolder();
  const files = await shippedModuleFiles(checkout);
  for (const path of files) cpSync(join(checkout, path), join(folder, path));
  const load = `for (const name of ['better-sqlite3', 'age-encryption', 'nodemailer', 'pg', 'mysql2'])
    console.log(Object.keys(await import(name)).length > 0);`;
  const argv = ['--input-type=module', '--eval', load];
  const { stdout } = await run(process.execPath, argv, { cwd: folder });
  expect(stdout).toBe('true\n'.repeat(5));
  expect(files.filter((path) => /\.(?:ts|map|md)$/.test(path))).toEqual([]);
});
