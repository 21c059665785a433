import type { Keybinding } from '../../keys/keybinding.ts';
import type { Bench, UiCommand } from '../../screens/bench.ts';
import { firstTourTexts } from '../../texts/english/first-tour-texts.ts';
import { helpTexts } from '../../texts/english/help-texts.ts';
import { tourSteps } from './tour-steps.ts';

export const tourCommands: readonly UiCommand[] = [
  {
    id: 'tour.start',
    title: firstTourTexts.take,
    category: helpTexts.group,
    run: (bench) => showStep(bench, 0),
  },
  internal('tour.next', (bench, step) => {
    if (step + 1 < tourSteps.length) showStep(bench, step + 1);
    else leaveTour(bench);
  }),
  internal('tour.previous', (bench, step) => showStep(bench, Math.max(0, step - 1))),
  internal('tour.leave', leaveTour),
];

function internal(id: string, act: (bench: Bench, step: number) => void): UiCommand {
  return {
    id,
    title: firstTourTexts.take,
    category: helpTexts.group,
    internal: true,
    run(bench) {
      const { tour } = bench.model().ui;
      if (tour !== undefined) act(bench, tour.step);
    },
  };
}

function showStep(bench: Bench, step: number): void {
  const view = tourSteps[step]?.view;
  bench.updateUi((ui) => ({ ...ui, tour: { step } }));
  if (view !== undefined) bench.run({ command: 'view.show', args: { view } });
}

/** Once left, it is not shown at the next start. */
export function leaveTour(bench: Bench): void {
  bench.updateUi(({ tour: _left, ...ui }) => ui);
}

const when = 'tour && overlay == none';

/** Before all others while a card is shown; every other key does what it always does, and leaves the tour. */
export const tourBindings: readonly Keybinding[] = [
  { key: 'enter', command: 'tour.next', when },
  { key: 'right', command: 'tour.next', when },
  { key: 'space', command: 'tour.next', when },
  { key: 'left', command: 'tour.previous', when },
  { key: 'backspace', command: 'tour.previous', when },
  { key: 'esc', command: 'tour.leave', when },
];
