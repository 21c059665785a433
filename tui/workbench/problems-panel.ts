import type { Model } from '../screens/bench.ts';
import { chosenIn, commandCopies, selectedIn } from '../screens/chosen-rows.ts';
import { problemColumns, problemDetails } from '../screens/overview/problem-row.ts';
import { type Trouble, troublesOf } from '../screens/overview/troubles.ts';
import { texts } from '../texts/texts.ts';
import { type BuiltList, buildList } from '../widgets/build-list.ts';
import type { Section } from '../widgets/section.ts';

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
  return selectedIn(model, problemList(model));
}

/** Those that are marked, or else the selected one. */
export function chosenTroubles(model: Model): readonly Trouble[] {
  return chosenIn(model, problemList(model));
}

function problemList(model: Model): BuiltList<Trouble> {
  const troubles = troublesIn(model);
  return buildList(model, {
    id: problemsRegion,
    rows: troubles,
    columns: problemColumns(model),
    bare: true,
    min: 1,
    max: Math.max(1, troubles.length),
    markable: true,
    keyOf: ({ id }) => id,
    copies: ({ alarm, place }) => [
      ...(place === undefined ? [] : [{ title: texts.lists.path, text: place }]),
      ...(alarm === undefined
        ? []
        : commandCopies([{ command: 'alarm.acknowledge', args: { alarm: alarm.id } }])),
    ],
    empty: [texts.workbench.panel.noProblems],
  });
}

function troublesIn({ state }: Model): readonly Trouble[] {
  return state.snapshot === undefined ? [] : troublesOf(state.snapshot);
}
