import { expect, test } from 'vitest';
import type { Standing } from '../../tui/host/standing.ts';
import type { Model } from '../../tui/screens/bench.ts';
import { forServer } from '../../tui/store/for-server.ts';
import type { State } from '../../tui/store/state.ts';
import { plainText } from '../../tui/widgets/line.ts';
import { awaySections } from '../../tui/workbench/connection/away-sections.ts';
import { startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

const lost: State['connection'] = {
  kind: 'lost',
  sinceMs: 0,
  retryAtMs: 4_000,
  problem: {
    code: 'ssh-failed',
    params: { server: 'lab', cause: 'No route to host', command: 'ssh lab' },
  },
};

/** What stands in the window before anything was read, and what can be pressed there. */
function shown(model: Model): { readonly text: string; readonly buttons: readonly string[] } {
  const sections = awaySections(model);
  return {
    text: sections
      .flatMap((section) => (section.kind === 'lines' ? section.lines.map(plainText) : []))
      .join('\n'),
    buttons: sections.flatMap((section) =>
      section.kind === 'buttons' ? section.buttons.map(({ action }) => action.command) : [],
    ),
  };
}

const cases: readonly [Standing, string, readonly string[]][] = [
  [
    { kind: 'unit', state: 'inactive, success' },
    'sudo systemctl start kedge',
    ['copy', 'connection.choose'],
  ],
  [{ kind: 'closed' }, 'not for this user', ['copy', 'connection.choose']],
  [
    { kind: 'configured', path: '/home/ali/.config/kedge/kedge.jsonc' },
    'There is a configuration: /home/ali/.config/kedge/kedge.jsonc',
    ['kedge.start', 'connection.choose'],
  ],
  [
    { kind: 'nothing' },
    'Nothing is protected here yet.',
    ['kedge.init', 'kedge.demo', 'connection.choose'],
  ],
];

test('while no Kedge answers, a window says what there is of it and offers what helps', async () => {
  await using kedge = await startFakeKedge();
  await using workbench = await openTestWorkbench(kedge, { columns: 100, rows: 30 });
  const { state, ui, ...rest } = workbench.running.bench.model();
  const { snapshot: _none, ...before } = state;
  for (const [value, words, commands] of cases) {
    const data = { standing: { kind: 'ready', about: '', value } } as const;
    const { text, buttons } = shown({
      ...rest,
      state: { ...before, connection: lost },
      ui: { ...ui, data },
    });
    expect(text).toContain(words);
    // A socket that is closed to this user is one of a Kedge that may well run.
    expect(text.includes('Kedge does not run here.')).toBe(value.kind !== 'closed');
    expect(buttons).toEqual(commands);
  }
  const remote = { ...before, connection: lost, server: 'lab' };
  const { text, buttons } = shown({ ...rest, state: remote, ui });
  expect(text).toContain('cannot reach "lab" by ssh: No route to host');
  expect(text).toContain('Try it in a shell: ssh lab');
  expect(text).toContain('Ctrl+R tries now');
  expect(buttons).toEqual(['connection.choose']);
});

test('what is copied in a window to a server goes there from any shell', async () => {
  expect(forServer('kedge status\nkedge backup list', 'lab')).toBe(
    'kedge --server lab status\nkedge --server lab backup list',
  );
  expect(forServer('kedge --server lab status', 'lab')).toBe('kedge --server lab status');
  expect(forServer('kedge status', undefined)).toBe('kedge status');
  await using kedge = await startFakeKedge();
  await using workbench = await openTestWorkbench(kedge, { columns: 100, rows: 30 });
  workbench.running.bench.session.store.update((state) => ({ ...state, server: 'my lab' }));
  workbench.running.bench.copy('kedge job log 3');
  expect(workbench.copied).toEqual(["kedge --server 'my lab' job log 3"]);
  await until(() => workbench.text().includes('on my lab'));
});
