import { expect, test } from 'vitest';
import { fixedSettings } from '../../tui/host/settings/settings-store.ts';
import { createTerminalTitle, takesTitle } from '../../tui/host/terminal-title.ts';
import { emptyState } from '../../tui/store/state.ts';
import { createStore } from '../../tui/store/store.ts';
import { followTitle } from '../../tui/workbench/follow-title.ts';
import { cannedSnapshot } from '../support/canned-snapshot.ts';

test('the title says the application and what needs attention, is written only when it changes, and comes back', () => {
  const written: string[] = [];
  const store = createStore();
  const settings = fixedSettings();
  const followed = followTitle(
    createTerminalTitle({ write: (text) => written.push(text) }),
    store,
    settings,
  );
  const snapshot = cannedSnapshot();
  const named = { ...snapshot, application: { id: 'clinic', name: 'Clinic\u001B]0;evil\u0007' } };
  store.update((state) => ({ ...state, connection: { kind: 'connecting' }, snapshot: named }));
  store.update((state) => ({ ...state, commandLog: [] }));
  settings.set('terminalTitle', false);
  store.update(() => emptyState);
  settings.set('terminalTitle', true);
  followed[Symbol.dispose]();
  expect(written).toEqual([
    '\u001B[22;2t\u001B]2;Kedge\u0007',
    '\u001B]2;Kedge: Clinic ]0;evil \u0007',
    '\u001B[23;2t',
    '\u001B[22;2t\u001B]2;Kedge\u0007',
    '\u001B[23;2t',
  ]);
});

test('only terminals that know titles get one', () => {
  expect(
    ['xterm-256color', 'screen', 'tmux-256color', 'putty'].every((TERM) => takesTitle({ TERM })),
  ).toBe(true);
  expect(['linux', 'dumb', 'vt100', ''].some((TERM) => takesTitle({ TERM }))).toBe(false);
});
