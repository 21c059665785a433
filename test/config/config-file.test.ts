import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ConfigFile, openConfigFile } from '../../agent/config/config-file.ts';
import { tempFolder } from '../support/temp-folder.ts';

const text = (name: string): string =>
  JSON.stringify({
    application: { id: 'clinic', name },
    sources: {},
    stores: { local: { kind: 'local', path: '/backup' } },
  });

async function openIn(folder: string): Promise<ConfigFile> {
  const path = join(folder, 'kedge.jsonc');
  return await openConfigFile({ path, checks: [], onChange: () => undefined });
}

test('a valid change by hand takes effect, also when an editor renames over the file', async () => {
  using folder = tempFolder();
  writeFileSync(join(folder.path, 'kedge.jsonc'), text('One'));
  await using file = await openIn(folder.path);
  writeFileSync(join(folder.path, 'new'), text('Two'));
  await expect
    .poll(
      () => {
        writeFileSync(join(folder.path, 'new'), text('Two'));
        renameSync(join(folder.path, 'new'), join(folder.path, 'kedge.jsonc'));
        return file.inForce()?.application.name;
      },
      { timeout: 10_000, interval: 200 },
    )
    .toBe('Two');
});

test('an invalid change leaves the last good configuration in force and is named', async () => {
  using folder = tempFolder();
  writeFileSync(join(folder.path, 'kedge.jsonc'), text('One'));
  await using file = await openIn(folder.path);
  writeFileSync(join(folder.path, 'kedge.jsonc'), '{ "application": 7 }');
  await file.reload();
  expect(file.inForce()?.application.name).toBe('One');
  expect(file.onDisk().problems[0]?.message).toContain('application');
});

test('a save against another revision than that on disk is refused and changes nothing', async () => {
  using folder = tempFolder();
  writeFileSync(join(folder.path, 'kedge.jsonc'), text('One'));
  await using file = await openIn(folder.path);
  const { revision } = file.onDisk();
  writeFileSync(join(folder.path, 'kedge.jsonc'), text('By another'));
  await expect(file.save(text('Mine'), revision)).rejects.toMatchObject({
    failure: { code: 'config-changed' },
  });
  expect(readFileSync(join(folder.path, 'kedge.jsonc'), 'utf8')).toBe(text('By another'));
});

test('a save of invalid text is refused with the place', async () => {
  using folder = tempFolder();
  writeFileSync(join(folder.path, 'kedge.jsonc'), text('One'));
  await using file = await openIn(folder.path);
  await expect(file.save('{', file.onDisk().revision)).rejects.toMatchObject({
    failure: { code: 'config-invalid' },
  });
});
