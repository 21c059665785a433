import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parseSettings } from '../../../tui/host/settings/parse-settings.ts';
import { presetSettings } from '../../../tui/host/settings/settings.ts';
import { openSettings, readSettings } from '../../../tui/host/settings/settings-store.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { until } from '../../support/until.ts';

test('without a file every setting has its preset, and nothing is written', async () => {
  const folder = temporaryFolder();
  const environment = { XDG_CONFIG_HOME: folder };
  using settings = openSettings(environment);
  expect(settings.get()).toEqual(presetSettings);
  expect(settings.faults()).toEqual([]);
  await expect(stat(join(folder, 'kedge', 'settings.jsonc'))).rejects.toThrow('ENOENT');
});

test('what is wrong is told with its line, and the rest holds', () => {
  const text = [
    '{',
    '  // for the slow line',
    '  "escapeTimeoutMs": 200,',
    '  "mouse": "yes",',
    '  "colour": "blue",',
    '  "readOnly": true,',
    '}',
  ].join('\n');
  const { settings, faults } = parseSettings(text);
  expect(settings).toEqual({ ...presetSettings, escapeTimeoutMs: 200, readOnly: true });
  expect(faults.map(({ line, message }) => [line, message.split(':')[0]])).toEqual([
    [4, '"mouse"'],
    [5, '"colour" is no setting of the interface'],
  ]);
});

test('a text that breaks off keeps what stands before the break', () => {
  const { settings, faults } = parseSettings('{ "mouse": false, "readOnly": tru');
  expect(settings).toEqual({ ...presetSettings, mouse: false });
  expect(faults).not.toEqual([]);
});

test('a setting is written between the comments of the file, and holds at once', async () => {
  const folder = temporaryFolder();
  const environment = { XDG_CONFIG_HOME: folder };
  const path = join(folder, 'kedge', 'settings.jsonc');
  await mkdir(dirname(path));
  await writeFile(path, '// mine\n{\n  "mouse": false, // tmux\n}\n');
  using settings = openSettings(environment);
  settings.set('whichKeyDelayMs', 0);
  expect(settings.get()).toMatchObject({ mouse: false, whichKeyDelayMs: 0 });
  settings.set('mouse', undefined);
  const text = await readFile(path, 'utf8');
  expect(text).toContain('// mine');
  expect(text).not.toContain('mouse');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(readSettings(environment).settings).toEqual({ ...presetSettings, whichKeyDelayMs: 0 });
});

test('a broken file is never written over', async () => {
  const folder = temporaryFolder();
  const environment = { XDG_CONFIG_HOME: folder };
  const path = join(folder, 'kedge', 'settings.jsonc');
  await mkdir(join(folder, 'kedge'));
  await writeFile(path, '{ "mouse": false,, }');
  using settings = openSettings(environment);
  expect(() => settings.set('readOnly', true)).toThrow(/line 1/);
  expect(await readFile(path, 'utf8')).toBe('{ "mouse": false,, }');
});

test('what somebody else writes into the file holds within moments', async () => {
  const folder = temporaryFolder();
  const environment = { XDG_CONFIG_HOME: folder };
  using settings = openSettings(environment, 20);
  let told = 0;
  settings.subscribe(() => told++);
  await mkdir(join(folder, 'kedge'));
  await writeFile(join(folder, 'kedge', 'settings.jsonc'), '{ "mouse": false }');
  await until(() => !settings.get().mouse);
  expect(told).toBeGreaterThan(0);
});
