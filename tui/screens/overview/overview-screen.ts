import { texts } from '../../texts/texts.ts';
import type { Screen } from '../bench.ts';
import { overviewSections } from './overview-view.ts';
import { reportBindings, reportCommands, showReport } from './report-page.ts';
import { newestCheckpoint } from './return-lines.ts';

export const overviewScreen: Screen = {
  id: 'overview',
  title: texts.workbench.views.overview,
  sections: overviewSections,
  onOutcome(bench, command, outcome) {
    if (command === 'report.read' && outcome.kind === 'data') showReport(bench, outcome.lines);
  },
  commands: [
    ...reportCommands,
    {
      id: 'overview.jump-back',
      title: texts.overview.jumpBackCommand,
      category: texts.workbench.views.overview,
      disabledReason: (model) =>
        newestCheckpoint(model) === undefined ? texts.overview.noCheckpoint : undefined,
      run(bench) {
        const backup = newestCheckpoint(bench.model());
        if (backup !== undefined)
          bench.run({ command: 'restore.plan', args: { backup: backup.id } });
      },
    },
  ],
  bindings: [
    {
      key: '5',
      command: 'view.services',
      hint: texts.overview.hints.services,
    },
    { key: 'R', command: 'services.reset-plan', hint: texts.overview.hints.reset },
    { key: 'b', command: 'back-up.form', hint: texts.overview.hints.backUp },
    ...reportBindings,
    {
      key: 'm',
      command: 'schedules.calendar',
      when: 'page == none',
      hint: texts.overview.hints.calendar,
    },
    { key: 'J', command: 'overview.jump-back' },
  ],
};
