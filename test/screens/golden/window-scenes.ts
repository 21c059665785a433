import { cannedNowMs } from '../../support/canned-snapshot.ts';
import type { TestWorkbench } from '../../support/test-workbench.ts';
import { troubled } from './overview-scenes.ts';
import { key, type Scene } from './scene.ts';

const { enter, tab } = key;
const problem = {
  code: 'kedge-unreachable',
  params: { socket: '/run/kedge/kedge.sock', cause: 'ENOENT' },
};

function loseConnection({ running }: TestWorkbench): void {
  running.bench.session.store.update((state) => ({
    ...state,
    connection: {
      kind: 'lost',
      sinceMs: cannedNowMs - 12_000,
      retryAtMs: cannedNowMs + 4_000,
      problem: problem as never,
    },
  }));
}

function forgetAll({ running }: TestWorkbench): void {
  running.bench.session.store.update(({ snapshot: _forgotten, ...state }) => ({
    ...state,
    connection: { kind: 'connecting' },
  }));
}

const toast =
  (tone: 'ok' | 'warning' | 'error', text: string) =>
  ({ running }: TestWorkbench): void =>
    running.bench.notify(tone, text);

function listChord({ running }: TestWorkbench): void {
  running.bench.updateUi((ui) => ({ ...ui, chordListed: true }));
}

function afterMessages({ running }: TestWorkbench): void {
  running.bench.notify('warning', 'nothing is selected');
  running.bench.notify('ok', 'started as job 21');
  running.bench.run({ command: 'messages.show' });
}

function openHelp({ running }: TestWorkbench): void {
  running.bench.updateUi((ui) => ({ ...ui, overlay: { kind: 'help', topic: 'restore' } }));
}

function startTour({ running }: TestWorkbench): void {
  running.bench.updateUi((ui) => ({ ...ui, tour: { step: 0 } }));
}

export const windowScenes: readonly Scene[] = [
  { name: 'palette', steps: [['All is well', ':'], ['Commands']] },
  { name: 'palette, filtered', steps: [['All is well', ':', ...'verify'], ['verify']] },
  {
    name: 'palette, nothing matches',
    steps: [['All is well', ':', ...'xyzzy'], ['Nothing matches']],
  },
  { name: 'go to', steps: [['All is well', '\u0010'], ['Go to']] },
  { name: 'keys', steps: [['All is well', '2'], ['clinic 2026', '?'], ['Keys that work here']] },
  {
    name: 'what can be done with a row',
    steps: [['All is well', '2'], ['clinic 2026', 'm'], ['What can be done here']],
  },
  {
    name: 'what follows half a chord',
    steps: [['All is well', '\u000B'], [/Ctrl\+K/]],
    after: listChord,
  },
  { name: 'messages', steps: [['All is well']], after: afterMessages, shows: 'started as job 21' },
  { name: 'a help topic', steps: [['All is well']], after: openHelp },
  { name: 'the tour', steps: [['All is well']], after: startTour, shows: /1 of 7/ },
  {
    name: 'dialog, plain',
    kedge: (fake) => {
      fake.snapshot = {
        ...fake.snapshot,
        demo: { home: '/home/ali/.local/state/kedge-demo', url: 'http://127.0.0.1:8321/' },
      };
    },
    steps: [
      ['All is well', 'q'],
      ['Leave the demo', tab],
    ],
  },
  {
    name: 'dialog, dangerous',
    steps: [
      ['All is well', '2'],
      ['clinic 2026-11-21 11:00:00', 'd'],
      ['Type clinic_2026', ...'clinix'],
    ],
  },
  { name: 'toast, done', steps: [['All is well']], after: toast('ok', 'started as job 21') },
  {
    name: 'toast, warning',
    steps: [['All is well']],
    after: toast('warning', 'nothing is selected'),
  },
  {
    name: 'toast, failed',
    steps: [['All is well']],
    after: toast('error', 'cannot write "/mnt/usb": no space left on device'),
  },
  { name: 'half a chord', steps: [['All is well', '\u000B'], ['Ctrl+K']] },
  { name: 'panel, jobs', kedge: troubled, steps: [['Kedge ok', ']'], ['Verify clinic']] },
  { name: 'panel, log', steps: [['All is well', '}'], ['Kedge works in']] },
  {
    name: 'panel, problems',
    kedge: troubled,
    steps: [['Kedge ok', '}', '}', '\u001B[17~'], ['no drill has passed']],
  },
  { name: 'panel, commands', steps: [['All is well', '}', '}', '}'], ['ready to copy']] },
  { name: 'connecting', steps: [['All is well']], after: forgetAll, shows: 'Loading...' },
  {
    name: 'never connected',
    steps: [['All is well']],
    after: (screen) => {
      forgetAll(screen);
      screen.running.bench.updateUi((ui) => ({
        ...ui,
        data: {
          ...ui.data,
          standing: { kind: 'ready', about: 'here', value: { kind: 'nothing' } },
        },
      }));
      loseConnection(screen);
    },
    shows: 'retry in',
  },
  {
    name: 'disconnected',
    steps: [['All is well', '5'], ['listens on 8080']],
    after: loseConnection,
    shows: 'disconnected',
  },
  {
    name: 'reset refused while disconnected',
    steps: [
      ['All is well', '5'],
      ['listens on 8080', enter],
    ],
    after: loseConnection,
    shows: 'disconnected',
  },
];
