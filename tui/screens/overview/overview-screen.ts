import { isFinished } from '../../../protocol/domain/job.ts';
import { texts } from '../../texts/texts.ts';
import type { Screen } from '../bench.ts';
import { openPage } from '../navigate.ts';
import { loadSpaceHistory } from './growth-plot.ts';
import { overviewSections } from './overview-view.ts';
import { reportBindings, reportCommands, showReport } from './report-page.ts';
import { newestCheckpoint } from './return-lines.ts';
import { loadStrip } from './run-strip.ts';
import { sickServices } from './suggestion.ts';

export const overviewScreen: Screen = {
  id: 'overview',
  title: texts.workbench.views.overview,
  sections: overviewSections,
  onShow(bench) {
    loadSpaceHistory(bench);
    loadStrip(bench);
  },
  onSnapshot(bench, before) {
    if (before.backupCount !== bench.model().state.snapshot?.backupCount) loadSpaceHistory(bench);
    if (before.schedules !== bench.model().state.snapshot?.schedules) loadStrip(bench);
  },
  onOutcome(bench, command, outcome) {
    if (command === 'report.read' && outcome.kind === 'data') showReport(bench, outcome.lines);
  },
  commands: [
    ...reportCommands,
    {
      id: 'overview.reset',
      title: texts.overview.suggestion.command,
      category: texts.workbench.views.overview,
      internal: true,
      run(bench) {
        const { snapshot } = bench.model().state;
        const working = snapshot?.jobs.find((job) => job.kind === 'reset' && !isFinished(job));
        if (working !== undefined) {
          openPage(bench, 'services', { kind: 'reset', job: working.id }, 'reset.back');
          return;
        }
        const sick = snapshot !== undefined && sickServices(snapshot).length > 0;
        bench.run({ command: 'services.reset-plan', args: sick ? { sick } : {} });
      },
    },
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
    { key: 'R', command: 'overview.reset', hint: texts.overview.hints.reset },
    { key: 'b', command: 'back-up.form', hint: texts.overview.hints.backUp },
    ...reportBindings,
    {
      key: 'M',
      command: 'schedules.calendar',
      when: 'page == none',
      hint: texts.overview.hints.calendar,
    },
    { key: 'J', command: 'overview.jump-back' },
  ],
};
