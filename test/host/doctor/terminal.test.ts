import { expect, test } from 'vitest';
import type { DoctorFinding } from '../../../protocol/domain/doctor.ts';
import { type SeenTerminal, terminalFindings } from '../../../tui/host/doctor/terminal.ts';

const good: SeenTerminal = {
  env: { TERM: 'xterm-256color', LANG: 'en_GB.UTF-8' },
  isTty: true,
  columns: 120,
  rows: 40,
};

function tones(seen: SeenTerminal): Readonly<Record<string, DoctorFinding['tone']>> {
  return Object.fromEntries(terminalFindings(seen).map(({ thing, tone }) => [thing, tone]));
}

test('a terminal that shows all is said to be well', () => {
  expect(tones(good)).toEqual({ TERM: 'ok', colours: 'ok', characters: 'ok', size: 'ok' });
});

test('what a terminal can not show is said, and what makes it show it', () => {
  const poor = { ...good, env: { TERM: 'xterm', LANG: 'C' }, columns: 70, rows: 20 };
  expect(tones(poor)).toEqual({
    TERM: 'ok',
    colours: 'advice',
    characters: 'advice',
    size: 'advice',
  });
  for (const { tone, cure, command } of terminalFindings(poor))
    if (tone !== 'ok') expect(cure ?? command).toBeDefined();
  expect(tones({ ...good, columns: 39 })).toMatchObject({ size: 'bad' });
  expect(tones({ ...good, env: { TERM: 'dumb' } })).toEqual({ TERM: 'bad' });
  expect(tones({ ...good, env: {} })).toEqual({ TERM: 'bad' });
  expect(tones({ ...good, isTty: false })).toEqual({ output: 'ok' });
});

test('a tmux that holds Esc back is named with its cure', () => {
  const inTmux = { ...good, env: { ...good.env, TMUX: '/tmp/tmux,1,0' } };
  expect(tones({ ...inTmux, escapeMs: 20 })).toMatchObject({ tmux: 'ok' });
  const slow = terminalFindings({ ...inTmux, escapeMs: 500 }).find(({ thing }) => thing === 'tmux');
  expect(slow).toMatchObject({
    tone: 'advice',
    text: 'Esc comes 500 ms late',
    command: 'tmux set -sg escape-time 20',
  });
});
