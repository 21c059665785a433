import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
  const lastGoodPath = join(folder, 'last-good.jsonc');
  const nothing = () => undefined;
  return await openConfigFile({
    path,
    lastGoodPath,
    checks: [],
    onChange: nothing,
    onFault: nothing,
  });
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
      { timeout: 30_000, interval: 200 },
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

test('of two saves against one revision the second is refused', async () => {
  using folder = tempFolder();
  writeFileSync(join(folder.path, 'kedge.jsonc'), text('One'));
  await using file = await openIn(folder.path);
  const { revision } = file.onDisk();
  const saved = await Promise.allSettled([
    file.save(text('First'), revision),
    file.save(text('Second'), revision),
  ]);
  expect(saved).toMatchObject([
    { status: 'fulfilled' },
    { status: 'rejected', reason: { failure: { code: 'config-changed' } } },
  ]);
  expect(readFileSync(join(folder.path, 'kedge.jsonc'), 'utf8')).toBe(text('First'));
});

test.each([
  ['broken', (path: string) => writeFileSync(path, '{'), 'a "}" is missing here'],
  ['gone', (path: string) => rmSync(path), 'the file is gone or empty'],
  ['a folder', replaceByFolder, 'cannot read'],
] as const)(
  'a file that is %s at the start leaves the last good one in force',
  async (_how, harm, problem) => {
    using folder = tempFolder();
    const path = join(folder.path, 'kedge.jsonc');
    writeFileSync(path, text('One'));
    {
      await using _file = await openIn(folder.path);
    }
    harm(path);
    await using file = await openIn(folder.path);
    expect(file.inForce()?.application.name).toBe('One');
    expect(file.textInForce()).toBe(text('One'));
    expect(file.onDisk().problems[0]?.message).toContain(problem);
  },
);

test('a file that cannot be read any more is a problem until it can', async () => {
  using folder = tempFolder();
  const path = join(folder.path, 'kedge.jsonc');
  writeFileSync(path, text('One'));
  await using file = await openIn(folder.path);
  rmSync(path);
  mkdirSync(path);
  await file.reload();
  expect(file.onDisk().problems[0]?.message).toContain('cannot read');
  rmSync(path, { recursive: true });
  writeFileSync(path, text('One'));
  await file.reload();
  expect(file.onDisk().problems).toEqual([]);
});

function replaceByFolder(path: string): void {
  rmSync(path);
  mkdirSync(path);
}

test('what was in force with a key given twice stays so, and is named', async () => {
  using folder = tempFolder();
  const twice = text('One').replace('"sources":', '"sources":{},"sources":');
  for (const name of ['kedge.jsonc', 'last-good.jsonc'])
    writeFileSync(join(folder.path, name), twice);
  await using file = await openIn(folder.path);
  expect(file.inForce()?.application.name).toBe('One');
  expect(file.onDisk().problems[0]?.message).toBe('sources: given twice, first on line 1');
});
