import { texts } from '../../texts/texts.ts';
import type { Screen } from '../bench.ts';
import { fieldText } from '../form-values.ts';
import { openPage, selectedRow } from '../navigate.ts';
import { readyUndos, restoreSections } from './restore-view.ts';

const words = texts.restore;
const category = texts.workbench.views.restore;

export const restoreScreen: Screen = {
  id: 'restore',
  title: category,
  sections: restoreSections,
  onOutcome(bench, command, outcome) {
    if (outcome.kind !== 'job') return;
    const { job } = outcome;
    if (command === 'restore.plan') openPage(bench, 'restore', { kind: 'plan', job }, 'plan.page');
    if (command === 'restore.run' || command === 'undo.run') {
      openPage(bench, 'restore', { kind: 'restore', job });
    }
  },
  commands: [
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
        const undo = selectedRow(bench, 'restore.undos', readyUndos(bench.model()));
        if (undo !== undefined) bench.run({ command: 'undo.run', args: { undo: undo.id } });
      },
    },
  ],
  bindings: [
    { key: 'tab', command: 'region.next', hint: words.hints.next },
    { key: 'u', command: 'undos.run', hint: words.hints.undo },
    { key: 'esc', command: 'back', when: 'page != none', hint: words.hints.back },
    {
      key: 'v',
      command: 'backups.verify',
      when: 'region == restore.list',
      hint: words.hints.verify,
    },
    { key: 'enter', command: 'open', when: 'region == restore.list', hint: words.hints.plan },
    { key: 'enter', command: 'open', when: 'region == restore.path', hint: words.hints.plan },
    { key: 'enter', command: 'open', when: 'regionKind == button', hint: words.hints.press },
  ],
};
