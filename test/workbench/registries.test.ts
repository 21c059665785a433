import { describe, expect, test } from 'vitest';
import { helpLines } from '../../tui/cli/help.ts';
import { findCommand, productCommands } from '../../tui/commands/registry.ts';
import { Settings, settingNames } from '../../tui/host/settings/settings.ts';
import { readKey } from '../../tui/keys/arriving-key.ts';
import { screens } from '../../tui/screens/screens.ts';
import { openSession } from '../../tui/store/session.ts';
import { initialUiState, viewIds } from '../../tui/store/ui-state.ts';
import { keysOf, parseWhen } from '../../tui/store/when.ts';
import { speak } from '../../tui/texts/speak.ts';
import { spoken } from '../../tui/texts/spoken.ts';
import { texts } from '../../tui/texts/texts.ts';
import { createBench } from '../../tui/workbench/create-bench.ts';
import { leadFromPalette, leadToPage } from '../../tui/workbench/leads.ts';
import { leadingCommands } from '../../tui/workbench/led-to.ts';
import { pickerItems } from '../../tui/workbench/picker-items.ts';
import { changingCommands } from '../../tui/workbench/read-only.ts';
import { cannedSnapshot } from '../support/canned-snapshot.ts';

const running = createBench({
  session: openSession({
    socket: '/nonexistent/kedge.sock',
    client: 'test',
    reconnect: 'after-open',
  }),
  screens,
  capabilities: { depth: '16', unicode: true },
  initialUi: initialUiState,
  host: {
    size: () => ({ columns: 80, rows: 24 }),
    redraw: () => undefined,
    now: () => 0,
    suspend: async () => undefined,
    setMouse: () => undefined,
    copy: () => undefined,
    stopToShell: async () => undefined,
    editText: async () => undefined,
    leave: () => undefined,
  },
});
const own = new Set(running.commands.map(({ id }) => id));
const exists = (id: string): boolean => own.has(id) || findCommand(id) !== undefined;

test.each(['en', 'de', 'fa'] as const)(
  'no title says its category again (%s)',
  async (language) => {
    await speak(language);
    const worded = [...running.commands, ...productCommands].map(({ id, category, title }) => ({
      id,
      category: spoken(category),
      title: spoken(title),
    }));
    await speak('en');

    const doubled = worded.filter(({ category, title }) =>
      `${title}:`.toLowerCase().startsWith(`${category}:`.toLowerCase()),
    );

    expect(doubled).toEqual([]);
  },
);

describe('the palette', () => {
  const snapshot = { ...cannedSnapshot(), demo: { home: '/tmp/demo', url: '' } };
  const model = { ...running.bench.model() };
  const full = { ...model, state: { ...model.state, snapshot } };
  const items = pickerItems(
    full,
    {
      kind: 'picker',
      mode: { kind: 'commands' },
      field: { text: '', caret: 0 },
      place: { selected: 0, top: 0 },
    },
    { commands: running.commands, bindings: running.bindings() },
  );

  test('has every command of the product that is not only for a shell, and every one of the window', () => {
    const shown = new Set(items.map(({ id }) => id));
    const hidden = productCommands.filter(({ id }) => !shown.has(id));
    // What needs no Kedge at all; accidents stand there one by one, what needs a connection where there is one.
    const reasons = hidden.filter(
      ({ id, needs, when }) =>
        needs !== 'nothing' && id !== 'demo.accident' && !(when ?? '').match(/connected|has[A-Z]/),
    );
    expect(reasons.map(({ id }) => id)).toEqual([]);
    expect(
      running.commands.filter(({ id, internal }) => internal !== true && !shown.has(id)),
    ).toEqual([]);
  });

  test('leads only to commands that exist', () => {
    const leads = productCommands.flatMap(({ id }) => [
      ...(leadFromPalette(id) ?? []).toString().split('\n').filter(Boolean),
      ...(leadToPage({ command: id })?.command.split('\n') ?? []),
    ]);
    expect(leads.filter((id) => !exists(id))).toEqual([]);
    expect(items.filter(({ action }) => !exists(action.command))).toEqual([]);
  });
});

test('every view has a screen, a title, an intro and a command with a key', () => {
  expect(screens.map(({ id }) => id)).toEqual([...viewIds]);
  for (const view of viewIds) {
    expect(texts.workbench.views[view]).not.toBe('');
    expect(texts.workbench.intro[view]).not.toBe('');
    expect(own).toContain(`view.${view}`);
    expect(running.bindings().map(({ command }) => command)).toContain(`view.${view}`);
  }
});

describe('every preset key', () => {
  test('can arrive from a terminal', () => {
    const problems = running.bindings().flatMap(({ key }) => {
      const read = readKey(key);
      return read.kind === 'problem' ? [read.problem] : read.key === key ? [] : [key];
    });
    expect(problems).toEqual([]);
  });

  test('asks only keys that are set, and no two are the same in the same place', () => {
    const places = running.bindings().map(({ key, when }) => `${key} ${when ?? ''}`);
    expect(places.filter((place, index) => places.indexOf(place) !== index)).toEqual([]);
    expect(
      running.bindings().flatMap(({ when }) => (when === undefined ? [] : keysOf(parseWhen(when))))
        .length,
    ).toBeGreaterThan(100);
  });

  test('of a chord leaves its first key free', () => {
    const bindings = running.bindings();
    const firsts = new Set(
      bindings.flatMap(({ key }) => (key.includes(' ') ? key.split(' ')[0] : [])),
    );
    expect(bindings.filter(({ key }) => firsts.has(key))).toEqual([]);
    expect(firsts.size).toBeGreaterThan(0);
  });
});

test('every command of a list of those that change something exists', () => {
  expect([...changingCommands].filter((id) => !exists(id))).toEqual([]);
});

test('every command of the table of roles exists, and so does the one it leads to', () => {
  expect(leadingCommands.filter(([own]) => !exists(own))).toEqual([]);
  expect(leadingCommands.filter(([, product]) => findCommand(product) === undefined)).toEqual([]);
});

test('every setting has words, and its preset is one of its values', () => {
  expect(Object.keys(texts.preferences).toSorted()).toEqual([...settingNames].toSorted());
  for (const name of settingNames) {
    const { title, summary } = texts.preferences[name];
    expect(title).toMatch(/^\p{Lu}/u);
    expect(summary).toMatch(/\.$/);
    expect(Settings.shape[name].safeParse(undefined).success).toBe(true);
  }
});

test('the help lists every command of the product with its command line', () => {
  const help = helpLines([]).join('\n');
  for (const { cli = [], title } of productCommands) {
    expect(help).toContain(`kedge ${cli.join(' ')}`.slice(6));
    expect(help).toContain(title);
  }
});
