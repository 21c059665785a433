import { describe, expect, test } from 'vitest';
import { findCommand, productCommands } from '../../tui/commands/registry.ts';
import { screens } from '../../tui/screens/screens.ts';
import { contextKeysOf } from '../../tui/store/context-keys.ts';
import { openSession } from '../../tui/store/session.ts';
import { emptyState } from '../../tui/store/state.ts';
import { initialUiState } from '../../tui/store/ui-state.ts';
import { keysOf, parseWhen } from '../../tui/store/when.ts';
import { contextOf } from '../../tui/workbench/context.ts';
import { createBench } from '../../tui/workbench/create-bench.ts';
import { fuzzyScore } from '../../tui/workbench/fuzzy.ts';
import { matchItems } from '../../tui/workbench/picker-item.ts';

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
    now: () => 0,
    suspend: async () => undefined,
    setMouse: () => undefined,
    copy: () => undefined,
    redraw: () => undefined,
    stopToShell: async () => undefined,
    editText: async () => undefined,
    leave: () => undefined,
  },
});

describe('every binding', () => {
  test('runs a command that exists', () => {
    const known = new Set([...running.commands, ...productCommands].map(({ id }) => id));
    const lost = running.bindings().filter(({ command }) => !known.has(command));
    expect(lost).toEqual([]);
  });

  test('asks only context keys that somebody sets', () => {
    const set = new Set([
      ...Object.keys(contextKeysOf(emptyState)),
      ...Object.keys(contextOf(running.bench.model(), { region: undefined })),
    ]);
    const asked = [...running.bindings(), ...productCommands].flatMap(({ when }) =>
      when === undefined ? [] : keysOf(parseWhen(when)),
    );
    expect(asked.filter((key) => !set.has(key))).toEqual([]);
  });
});

test('no two commands share an id, and each has a title and a category', () => {
  const ids = running.commands.map(({ id }) => id);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  expect(running.commands.filter(({ title, category }) => title === '' || category === '')).toEqual(
    [],
  );
  expect(ids.filter((id) => findCommand(id) !== undefined)).toEqual([]);
});

describe('the palette finds', () => {
  const item = (title: string) => ({
    id: title,
    group: '',
    title,
    detail: '',
    action: { command: '' },
  });
  const titles = (typed: string) =>
    matchItems(['Reset services', 'Restore', 'Show Services'].map(item), typed).map(
      ({ title }) => title,
    );

  test('starts of words before their insides', () => {
    expect(titles('serv')).toEqual(['Show Services', 'Reset services']);
    expect(titles('res')[0]).toBe('Reset services');
  });

  test('words in any order, and letters with few gaps', () => {
    expect(titles('services reset')).toEqual(['Reset services']);
    expect(titles('rstore')).toEqual(['Restore']);
  });

  test('nothing by chance', () => {
    expect(fuzzyScore('xyz', 'Reset services')).toBeUndefined();
    expect(fuzzyScore('rtsvc', 'Reset services')).toBeUndefined();
  });
});
