import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { memoryFile, userFile } from '../../tui/host/settings/user-file.ts';
import { defaultKeybindings } from '../../tui/keys/default-keybindings.ts';
import { keybindingsText } from '../../tui/keys/keybindings-text.ts';
import { openKeymap } from '../../tui/keys/keymap.ts';
import { parseKeybindings } from '../../tui/keys/user-keybindings.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const known = {
  commands: new Set(['quit', 'panel.toggle', 'help.keys', 'backups.delete']),
  contextKeys: new Set(['view', 'overlay', 'connected']),
};
const presets = [
  { key: 'q', command: 'quit', when: 'overlay == none' },
  { key: 'ctrl+k j', command: 'panel.toggle', when: 'overlay == none' },
  { key: 'd', command: 'backups.delete', when: 'view == back-up' },
];

const keymapOf = (text: string) => openKeymap(memoryFile(text), presets, () => known);

describe('keybindings.json', () => {
  test('adds keys, takes presets away, and the last rule wins', () => {
    using keymap = keymapOf(`[
      // as in my other editor
      { "key": "x", "command": "quit" },
      { "key": "x", "command": "help.keys", "when": "view == jobs" },
      { "key": "q", "command": "-quit" },
    ]`);
    const resolve = (key: string, view: string) =>
      keymap.resolver.resolve(key, { view, overlay: 'none' }, undefined);
    expect(keymap.faults()).toEqual([]);
    expect(resolve('x', 'overview')).toMatchObject({ action: { command: 'quit' } });
    expect(resolve('x', 'jobs')).toMatchObject({ action: { command: 'help.keys' } });
    expect(resolve('q', 'overview')).toEqual({ kind: 'none' });
  });

  test('a removal without a key takes all keys of its command', () => {
    using keymap = keymapOf('[{ "command": "-panel.toggle" }]');
    expect(keymap.bindings().map(({ command }) => command)).toEqual(['quit', 'backups.delete']);
  });

  test('tells each wrong rule with its line, and the others hold', () => {
    const { rules, faults } = parseKeybindings(
      [
        '[',
        '{ "key": "ctrl+tab", "command": "quit" },',
        '{ "key": "x", "command": "fly" },',
        '{ "key": "x", "command": "quit", "when": "view = jobs" },',
        '{ "key": "x", "command": "quit", "when": "moon == full" },',
        '"x",',
        '{ "command": "quit" },',
        '{ "key": "z", "command": "quit", "args": { "code": 1 } },',
        '{ "key": "y" "command": "quit" }',
        ']',
      ].join('\n'),
      known,
    );
    expect(faults.map(({ line, message }) => `${line} ${message}`).toSorted()).toEqual([
      expect.stringContaining('2 "ctrl+tab" never arrives'),
      expect.stringContaining('3 there is no command "fly"'),
      expect.stringContaining('4 "view = jobs" is no condition'),
      expect.stringContaining('5 "when" asks "moon"'),
      expect.stringContaining('6 a rule is'),
      expect.stringContaining('7 the rule names no key'),
      expect.stringContaining('9 comma expected'),
    ]);
    expect(rules).toMatchObject([
      { kind: 'bind', binding: { key: 'z', command: 'quit', args: { code: 1 } }, line: 8 },
      { kind: 'bind', binding: { key: 'y' }, line: 9 },
    ]);
  });

  test('what a rule does to others is told', () => {
    using keymap = keymapOf(`[
      { "key": "d", "command": "quit" },
      { "key": "d", "command": "help.keys", "when": "view == jobs" },
      { "key": "d", "command": "panel.toggle", "when": "view == restore" },
      { "key": "ctrl+k", "command": "help.keys" },
      { "key": "w", "command": "-quit" }
    ]`);
    expect(
      keymap
        .conflicts()
        .map((one) =>
          one.kind === 'removes-nothing'
            ? `${one.line} ${one.kind} ${one.command}`
            : `${one.line} ${one.winner.command} ${one.kind} ${one.loser.command}`,
        ),
    ).toEqual([
      '2 quit overrides backups.delete',
      '3 help.keys conflicts quit',
      '4 panel.toggle conflicts quit',
      '5 help.keys hides panel.toggle',
      '6 removes-nothing quit',
    ]);
  });

  test('a chord whose first key was a binding takes that key', () => {
    using keymap = keymapOf('[{ "key": "d x", "command": "quit" }]');
    expect(keymap.conflicts()).toMatchObject([
      { kind: 'overrides', winner: { key: 'd x' }, loser: { command: 'backups.delete' } },
    ]);
  });

  test('holds as soon as somebody saved it', async () => {
    const folder = temporaryFolder();
    const file = userFile({ XDG_CONFIG_HOME: folder }, 'keybindings.json', 20);
    using keymap = openKeymap(file, presets, () => known);
    await mkdir(join(folder, 'kedge'));
    await writeFile(file.path, '[{ "key": "x", "command": "quit" }]');
    await until(() => keymap.bindings().some(({ key }) => key === 'x'));
  });

  test('the presets are a file to copy from: it reads back as what they are', () => {
    const text = keybindingsText(['head'], defaultKeybindings, ({ command }) => command, ['foot']);
    const all = {
      commands: new Set(defaultKeybindings.map(({ command }) => command)),
      contextKeys: { has: () => true } as unknown as ReadonlySet<string>,
    };
    const { rules, faults } = parseKeybindings(text, all);
    expect(rules.map((rule) => rule.kind === 'bind' && rule.binding)).toEqual(
      defaultKeybindings.map(({ hint: _, ...binding }) => binding),
    );
    expect(faults.map(({ message }) => message)).toEqual([expect.stringContaining('ctrl+shift+p')]);
  });
});

test.each([
  '{ "key": "x", "command": "backups.delete", "args": { "confirmed": true } }',
  '{ "key": "x", "command": "quit", "args": { "confirm": "Clinic" } }',
  '{ "key": "x", "command": "list.run-all", "args": { "actions": [] } }',
  '{ "key": "x", "command": "chord.run", "args": { "command": "list.run-all" } }',
  '{ "key": "x", "command": "chord.run", "args": { "command": "quit", "args": { "agreed": true } } }',
])('a key does not agree in the place of a person: %s', (rule) => {
  const commands = new Set([...known.commands, 'list.run-all', 'chord.run']);
  const { rules, faults } = parseKeybindings(`[${rule}]`, { ...known, commands });
  expect(rules).toEqual([]);
  expect(faults).toMatchObject([{ line: 1, message: expect.stringContaining('can not agree') }]);
});
