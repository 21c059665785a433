import { describe, expect, test } from 'vitest';
import { wordKey } from '../../tui/keys/keybinding.ts';
import { createResolver } from '../../tui/keys/resolver.ts';

const resolver = createResolver([
  { key: 'r', command: 'restore', when: 'view == back-up' },
  { key: 'r', command: 'restart', when: 'view == services && !dialog' },
  { key: 'ctrl+k j', command: 'panel' },
  { key: 'ctrl+w', command: 'close' },
  { key: 'q', command: 'quit' },
  { key: 'q', command: 'quit.demo', when: 'demo' },
  { key: 'enter', command: 'open' },
]);

const action = (command: string) => ({ kind: 'action', action: { command } });

describe('resolve', () => {
  test('a key means what its condition allows', () => {
    expect(resolver.resolve('r', { view: 'back-up' }, undefined)).toEqual(action('restore'));
    expect(resolver.resolve('r', { view: 'services' }, undefined)).toEqual(action('restart'));
    expect(resolver.resolve('r', { view: 'services', dialog: true }, undefined)).toEqual({
      kind: 'none',
    });
  });

  test('of two that hold the later one wins', () => {
    expect(resolver.resolve('q', { demo: true }, undefined)).toEqual(action('quit.demo'));
    expect(resolver.resolve('q', {}, undefined)).toEqual(action('quit'));
  });

  test('a chord waits for its second key, and an unknown one is named', () => {
    expect(resolver.resolve('ctrl+k', {}, undefined)).toEqual({ kind: 'pending', chord: 'ctrl+k' });
    expect(resolver.resolve('j', {}, 'ctrl+k')).toEqual(action('panel'));
    expect(resolver.resolve('x', {}, 'ctrl+k')).toEqual({
      kind: 'unknown-chord',
      chord: 'ctrl+k x',
    });
  });

  test('of a key and a chord that begins with it the later one wins', () => {
    const g = { key: 'g', command: 'first' };
    const chord = { key: 'g g', command: 'last' };
    const pending = { kind: 'pending', chord: 'g' };
    expect(createResolver([g, chord]).resolve('g', {}, undefined)).toEqual(pending);
    expect(createResolver([g, chord]).resolve('g', {}, 'g')).toEqual(action('last'));
    expect(createResolver([chord, g]).resolve('g', {}, undefined)).toEqual(action('first'));
  });

  test('in a text input what prints is typed; keys with modifiers and Enter still act', () => {
    const inInput = { inputFocus: true, view: 'back-up' };
    expect(resolver.resolve('r', inInput, undefined)).toEqual({ kind: 'typing' });
    expect(resolver.resolve('space', inInput, undefined)).toEqual({ kind: 'typing' });
    expect(resolver.resolve('ctrl+w', inInput, undefined)).toEqual(action('close'));
    expect(resolver.resolve('enter', inInput, undefined)).toEqual(action('open'));
    expect(resolver.resolve('ctrl+u', inInput, undefined)).toEqual({ kind: 'typing' });
    expect(resolver.resolve('j', inInput, 'ctrl+k')).toEqual(action('panel'));
  });

  test('a condition that cannot be parsed fails at once', () => {
    expect(() => createResolver([{ key: 'a', command: 'x', when: 'view = 1' }])).toThrow(
      'not a condition',
    );
  });
});

test.each([
  ['ctrl+k j', 'Ctrl+K j'],
  ['ctrl+pageup', 'Ctrl+PgUp'],
  ['f6', 'F6'],
  ['R', 'R'],
  ['alt+1', 'Alt+1'],
  ['?', '?'],
])('%s is shown as %s', (key, shown) => {
  expect(wordKey(key)).toBe(shown);
});
