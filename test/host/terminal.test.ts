import { EventEmitter } from 'node:events';
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createInkStdin } from '../../tui/host/ink-stdin.ts';
import { compiledFolder } from '../../tui/host/keep-compiled.ts';
import { detectCapabilities, refusesScreen } from '../../tui/host/terminal-capabilities.ts';
import { readTerminal } from '../../tui/host/terminal-input.ts';
import { readUiMemory, uiMemoryPath, writeUiMemory } from '../../tui/host/ui-memory.ts';
import type { InputEvent } from '../../tui/input/event.ts';
import { initialUiState } from '../../tui/store/ui-state.ts';
import { rememberedUi, toRemember } from '../../tui/workbench/remembered-ui.ts';
import { until } from '../support/until.ts';

class Source extends EventEmitter {
  raw = false;
  setRawMode(raw: boolean): void {
    this.raw = raw;
  }
  resume(): void {}
  pause(): void {}
  send(bytes: string | Buffer): void {
    this.emit('data', Buffer.from(bytes));
  }
}

describe('reading the terminal', () => {
  test('a lone ESC becomes the Esc key by itself, after a moment', async () => {
    const source = new Source();
    const events: InputEvent[] = [];
    readTerminal(source, (event) => events.push(event));
    source.send('\u001B');
    expect(events).toEqual([]);
    await until(() => events.length === 1, 2_000);
    expect(events).toEqual([{ kind: 'key', key: 'esc' }]);
  });

  test('a letter of two bytes may come in two chunks', () => {
    const source = new Source();
    const events: InputEvent[] = [];
    readTerminal(source, (event) => events.push(event));
    const bytes = Buffer.from('é');
    source.send(bytes.subarray(0, 1));
    source.send(bytes.subarray(1));
    expect(events).toEqual([{ kind: 'key', key: 'é', text: 'é' }]);
  });

  test('paused, it lets go of the terminal', () => {
    const source = new Source();
    const events: InputEvent[] = [];
    const input = readTerminal(source, (event) => events.push(event));
    expect(source.raw).toBe(true);
    input.pause();
    source.send('a');
    expect(source.raw).toBe(false);
    input.resume();
    source.send('b');
    expect(events).toEqual([{ kind: 'key', key: 'b', text: 'b' }]);
  });

  test('Ink gets a terminal that says nothing', () => {
    const stdin = createInkStdin();
    expect(stdin.isTTY).toBe(true);
    expect(stdin.setRawMode(true)).toBe(stdin);
    expect(stdin.read()).toBeNull();
  });
});

describe('looks', () => {
  const utf8 = { LANG: 'en_GB.UTF-8', TERM: 'xterm-256color' };

  test.each([
    [utf8, '256', true],
    [{ ...utf8, COLORTERM: 'truecolor' }, 'true', true],
    [{ ...utf8, COLORTERM: 'truecolor', NO_COLOR: '1' }, 'none', true],
    [{ ...utf8, NO_COLOR: '' }, '256', true],
    [{ LANG: 'C', TERM: 'xterm' }, '16', false],
    [{ ...utf8, LC_ALL: 'C' }, '256', false],
    [{ ...utf8, TERM: 'linux', COLORTERM: 'truecolor' }, '16', false],
    [{ ...utf8, TERM: 'xterm-direct' }, 'true', true],
  ] as const)('%o: colours %s, more than ASCII %s', (environment, depth, unicode) => {
    expect(detectCapabilities(environment)).toEqual({ depth, unicode });
  });

  test('a terminal that cannot move its cursor is refused, and so is a pipe', () => {
    expect(refusesScreen({ TERM: 'dumb' }, true)).toContain('TERM=dumb');
    expect(refusesScreen({ TERM: 'xterm' }, false)).toContain('not a terminal');
    expect(refusesScreen({ TERM: 'xterm' }, true)).toBeUndefined();
  });
});

describe('the folder for compiled code', () => {
  const home = mkdtempSync(join(tmpdir(), 'kedge-home-'));
  const user = process.geteuid?.();

  test('is in the cache of the user, there already or not', () => {
    expect(compiledFolder({}, home, user)).toBe(join(home, '.cache', 'kedge'));
    expect(compiledFolder({ XDG_CACHE_HOME: home }, '/nowhere', user)).toBe(join(home, 'kedge'));
  });

  test('is none where somebody else could put code to be run', () => {
    const open = mkdtempSync(join(tmpdir(), 'kedge-open-'));
    chmodSync(open, 0o777);
    expect(compiledFolder({}, open, user)).toBeUndefined();
    expect(compiledFolder({ XDG_CACHE_HOME: open }, home, user)).toBeUndefined();
    expect(compiledFolder({}, home, (user ?? 0) + 1)).toBeUndefined();
    expect(compiledFolder({}, join(home, 'missing'), user)).toBeUndefined();
  });
});

describe('the memory of view and panel', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kedge-memory-'));
  const path = uiMemoryPath({ XDG_STATE_HOME: folder });

  test('comes back as it was left', () => {
    const ui = {
      ...initialUiState,
      view: 'jobs' as const,
      recent: ['quit'],
      panel: { open: true, tab: 'log' as const },
    };
    expect(writeUiMemory(path, toRemember(ui))).toBe(true);
    expect(rememberedUi(readUiMemory(path))).toEqual(ui);
  });

  test('that cannot be read costs nothing but the place', () => {
    writeFileSync(path, '{"view": "somewhere"');
    const atFirst = { ...initialUiState, tour: { step: 0 } };
    expect(rememberedUi(readUiMemory(path))).toEqual(atFirst);
    expect(rememberedUi({ view: 'nowhere' })).toEqual(atFirst);
    // A file stands where a folder would be needed.
    expect(writeUiMemory(join(path, 'below', 'memory.json'), {})).toBe(false);
  });
});
