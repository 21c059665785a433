import type { Model } from '../../screens/bench.ts';
import { texts } from '../../texts/texts.ts';
import type { Frame } from '../frame.ts';
import { tourSteps } from '../tour/tour-steps.ts';

/** What lies over a screen without taking its keys: a card of the tour, or the keys that may come next. */
export function spokenOver({ ui, state }: Model, { following }: Frame): readonly string[] {
  const { steps, title, keys } = texts.firstTour;
  const step = ui.tour === undefined ? undefined : tourSteps[ui.tour.step];
  if (step === undefined || state.snapshot === undefined) return following ?? [];
  const said = steps[step.id];
  return [title(tourSteps.indexOf(step) + 1, tourSteps.length, said.title), ...said.body, keys];
}
