import { texts } from '../../texts/texts.ts';
import type { Bench, Screen } from '../bench.ts';
import { fieldText } from '../form-values.ts';
import { openPage } from '../navigate.ts';
import { choiceCommands } from './choice-commands.ts';
import { momentCommands } from './moment-commands.ts';
import { planCommands } from './plan-commands.ts';
import { restoreSections } from './restore-view.ts';
import { rowsCommands } from './rows-commands.ts';
import { readyUndos, selectedUndo } from './undo-list.ts';

const words = texts.restore;
const category = texts.workbench.views.restore;

/** Whoever comes back finds the restore at work, wherever it was started. */
function showRunning(bench: Bench): void {
  const { ui, state } = bench.model();
  if (ui.pages.restore !== undefined) return;
  const kinds = ['restore', 'undo', 'recovery'];
  const running = state.snapshot?.jobs.find(
    ({ kind, state: { kind: at } }) => kinds.includes(kind) && at === 'running',
  );
  if (running === undefined) return;
  const page = { kind: 'restore', job: running.id } as const;
  bench.updateUi((now) => ({ ...now, pages: { ...now.pages, restore: page } }));
}

export const restoreScreen: Screen = {
  id: 'restore',
  title: category,
  sections: restoreSections,
  onOutcome(bench, command, outcome) {
    if (outcome.kind !== 'job') return;
    const { job } = outcome;
    if (command === 'restore.plan') openPage(bench, 'restore', { kind: 'plan', job }, 'plan.page');
    if (command === 'undo.show') openPage(bench, 'restore', { kind: 'undo', job }, 'undo.page');
    if (command === 'restore.run' || command === 'undo.run') {
      openPage(bench, 'restore', { kind: 'restore', job });
    }
  },
  onShow: showRunning,
  commands: [
    ...momentCommands,
    ...choiceCommands,
    ...planCommands,
    ...rowsCommands,
    {
      id: 'restore.plan-path',
      title: words.commands.planPath,
      category,
      internal: true,
      run(bench) {
        const path = fieldText(bench.model(), 'restore.path').trim();
        if (path === '') bench.notify('warning', words.typePath);
        else bench.run({ command: 'restore.plan', args: { backup: path } });
      },
    },
    {
      id: 'restore.choose',
      title: words.commands.choose,
      category,
      internal: true,
      run: (bench) => openPage(bench, 'restore', undefined),
    },
    {
      id: 'undos.run',
      title: words.commands.undo,
      category,
      disabledReason: (model) => (readyUndos(model).length === 0 ? words.noUndos : undefined),
      run(bench) {
        const undo = selectedUndo(bench);
        if (undo !== undefined) bench.run({ command: 'undo.run', args: { undo: undo.id } });
      },
    },
    {
      id: 'undos.pin',
      title: words.commands.pinUndo,
      category,
      disabledReason: (model) => (readyUndos(model).length === 0 ? words.noUndos : undefined),
      run(bench) {
        const undo = selectedUndo(bench);
        const command = undo?.pinned === true ? 'undo.unpin' : 'undo.pin';
        if (undo !== undefined) bench.run({ command, args: { undo: undo.id } });
      },
    },
    {
      id: 'undos.remove',
      title: words.commands.removeUndo,
      category,
      disabledReason: (model) => (readyUndos(model).length === 0 ? words.noUndos : undefined),
      run(bench) {
        const undo = selectedUndo(bench);
        if (undo !== undefined) bench.run({ command: 'undo.remove', args: { undo: undo.id } });
      },
    },
  ],
  bindings: [
    { key: 'tab', command: 'region.next', hint: words.hints.next },
    { key: 'u', command: 'undos.run', hint: words.hints.undo },
    { key: 'p', command: 'undos.pin', when: 'region == restore.undos', hint: words.hints.pin },
    {
      key: 'd',
      command: 'undos.remove',
      when: 'region == restore.undos',
      hint: words.hints.removeUndo,
    },
    { key: 'enter', command: 'open', when: 'region == restore.undos', hint: words.hints.look },
    { key: 'esc', command: 'back', when: 'page != none', hint: words.hints.back },
    {
      key: 'esc',
      command: 'restore.up',
      when: 'page == part || page == folder || page == rows',
      hint: words.hints.back,
    },
    { key: 'esc', command: 'restore.days', when: 'page == times', hint: words.hints.back },
    {
      key: 'esc',
      command: 'back-up.clear-filter',
      when: 'region == restore.list && backupsFiltered',
      hint: words.hints.allBackups,
    },
    { key: '@', command: 'restore.days', when: 'page == none', hint: words.hints.moment },
    {
      key: 'v',
      command: 'backups.verify',
      when: 'region == restore.list',
      hint: words.hints.verify,
    },
    { key: 'enter', command: 'open', when: 'region == restore.list', hint: words.hints.plan },
    { key: 'enter', command: 'open', when: 'region == restore.path', hint: words.hints.plan },
    { key: 'enter', command: 'open', when: 'region == restore.at', hint: words.hints.plan },
    { key: 'enter', command: 'open', when: 'region == restore.days', hint: words.hints.times },
    { key: 'enter', command: 'open', when: 'region == restore.times', hint: words.hints.plan },
    { key: 'enter', command: 'open', when: 'region == restore.parts', hint: words.hints.into },
    {
      key: 'space',
      command: 'restore.pick',
      when: 'region == restore.parts',
      hint: words.hints.pick,
    },
    { key: 'enter', command: 'open', when: 'region == restore.search', hint: words.hints.search },
    { key: 'enter', command: 'open', when: 'region == restore.rows', hint: words.hints.planRows },
    {
      key: 'space',
      command: 'restore.mark',
      when: 'region == restore.rows',
      hint: words.hints.mark,
    },
    { key: 'enter', command: 'open', when: 'regionKind == button', hint: words.hints.press },
  ],
};
