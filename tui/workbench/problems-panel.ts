import type { Model } from '../screens/bench.ts';
import { problemDetails, problemRow } from '../screens/overview/problem-row.ts';
import { type Trouble, troublesOf } from '../screens/overview/troubles.ts';
import { texts } from '../texts/texts.ts';
import { selectedIndex } from '../widgets/draw-list.ts';
import type { ListSection, Section } from '../widgets/section.ts';

export const problemsRegion = 'panel.problems';

/** A line each, and below the list all of the selected one. */
export function panelProblems(model: Model): readonly Section[] {
  const list = problemList(model);
  const selected = selectedTrouble(model);
  if (selected === undefined) return [list];
  return [
    list,
    {
      kind: 'page',
      id: `${problemsRegion}.details`,
      min: 1,
      lines: (width) => problemDetails(selected, model, width),
    },
  ];
}

/** The one that a key acts on. */
export function selectedTrouble(model: Model): Trouble | undefined {
  const index = selectedIndex(problemList(model), model.ui.places[problemsRegion]);
  return troublesIn(model)[index];
}

function problemList(model: Model): ListSection {
  const troubles = troublesIn(model);
  return {
    kind: 'list',
    id: problemsRegion,
    count: troubles.length,
    min: 1,
    max: Math.max(1, troubles.length),
    keyOf: (index) => troubles[index]?.id ?? '',
    row: (index) => {
      const trouble = troubles[index];
      return trouble === undefined ? [] : problemRow(trouble, model);
    },
    empty: [texts.workbench.panel.noProblems],
  };
}

function troublesIn({ state }: Model): readonly Trouble[] {
  return state.snapshot === undefined ? [] : troublesOf(state.snapshot);
}
