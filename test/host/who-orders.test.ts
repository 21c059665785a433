import { expect, test } from 'vitest';
import { whoOrders } from '../../tui/host/terminal-capabilities.ts';
import { leaveScreen, setOwnOrder } from '../../tui/host/terminal-modes.ts';

test('the terminal orders text only where it is known that it can not leave it', () => {
  expect(whoOrders('auto', { KONSOLE_VERSION: '240800', TERM: 'xterm-256color' })).toBe('terminal');
  expect(whoOrders('auto', { TERM_PROGRAM: 'Apple_Terminal' })).toBe('terminal');
  expect(whoOrders('auto', { MLTERM: '3.9' })).toBe('terminal');
  expect(whoOrders('auto', { VTE_VERSION: '7600', TERM: 'xterm-256color' })).toBe('kedge');
  expect(whoOrders('auto', { KONSOLE_VERSION: '240800', TERM: 'tmux-256color' })).toBe('kedge');
  expect(whoOrders('auto', {})).toBe('kedge');
  expect(whoOrders('terminal', {})).toBe('terminal');
  expect(whoOrders('kedge', { KONSOLE_VERSION: '240800' })).toBe('kedge');
});

test('a terminal that was told to leave the order gets it back, and no other hears of it', () => {
  const written: string[] = [];
  const sink = { write: (text: string) => written.push(text) };
  setOwnOrder(sink, false);
  expect(written).toEqual([]);
  setOwnOrder(sink, true);
  setOwnOrder(sink, true);
  leaveScreen(sink);
  leaveScreen(sink);
  expect(written.filter((text) => text.includes('[8'))).toEqual(['\u001B[8l', '\u001B[8h']);
});
