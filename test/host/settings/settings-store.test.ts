import {
  chmod,
  mkdir,
  readdir,
  readFile,
  readlink,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { parseSettings } from '../../../tui/host/settings/parse-settings.ts';
import { presetSettings } from '../../../tui/host/settings/settings.ts';
import { settingsForWindow } from '../../../tui/host/settings/settings-for-window.ts';
import {
  fixedSettings,
  openSettings,
  readSettings,
} from '../../../tui/host/settings/settings-store.ts';
import { speak } from '../../../tui/texts/speak.ts';
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

test.each([true, false])('a link to a file elsewhere (there: %s) stays a link', async (there) => {
  const folder = temporaryFolder();
  const path = join(folder, 'kedge', 'settings.jsonc');
  const kept = join(folder, 'dotfiles', 'settings.jsonc');
  await mkdir(dirname(path));
  await mkdir(dirname(kept));
  if (there) await writeFile(kept, '// mine\n{}\n');
  await symlink('../dotfiles/settings.jsonc', path);
  using settings = openSettings({ XDG_CONFIG_HOME: folder });
  settings.set('mouse', false);
  expect(await readlink(path)).toBe('../dotfiles/settings.jsonc');
  expect(await readFile(kept, 'utf8')).toContain('"mouse": false');
  if (there) expect(await readFile(kept, 'utf8')).toContain('// mine');
  expect(await readdir(dirname(kept))).toEqual(['settings.jsonc']);
});

test.skipIf(process.getuid?.() === 0)(
  'a file that may not be written is not replaced',
  async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'kedge', 'settings.jsonc');
    await mkdir(dirname(path));
    await writeFile(path, '{}\n');
    await chmod(path, 0o400);
    using settings = openSettings({ XDG_CONFIG_HOME: folder });
    expect(() => settings.set('mouse', false)).toThrow('permission denied');
    expect(await readFile(path, 'utf8')).toBe('{}\n');
  },
);

test('what the command line set holds when it can not be set otherwise', () => {
  using settings = settingsForWindow(fixedSettings(), { readOnly: true });
  expect(() => settings.put('readOnly', 'no')).toThrow('readOnly');
  expect(settings.get().readOnly).toBe(true);
  settings.put('readOnly', false);
  expect(settings.get().readOnly).toBe(false);
});

test('what is wrong is said in the language of now, which the file itself may choose', async () => {
  using settings = fixedSettings({ colour: 'red' } as never);
  const before = settings.faults().map(({ message }) => message);
  await speak('de');
  const after = settings.faults().map(({ message }) => message);
  await speak('en');
  expect(before).toHaveLength(1);
  expect(after).toHaveLength(1);
  expect(after).not.toEqual(before);
  expect(settings.faults().map(({ message }) => message)).toEqual(before);
});
