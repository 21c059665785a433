import { texts } from '../../texts/texts.ts';
import type { Screen } from '../bench.ts';
import { overviewSections } from './overview-view.ts';

export const overviewScreen: Screen = {
  id: 'overview',
  title: texts.workbench.views.overview,
  sections: overviewSections,
  commands: [],
  bindings: [
    {
      key: '5',
      command: 'view.services',
      hint: texts.overview.hints.services,
    },
    { key: 'R', command: 'services.reset-plan', hint: texts.overview.hints.reset },
    { key: 'b', command: 'back-up.form', hint: texts.overview.hints.backUp },
  ],
};
