import type { ViewId } from '../../store/ui-state.ts';
import type { firstTourTexts } from '../../texts/english/first-tour-texts.ts';

type StepId = keyof typeof firstTourTexts.steps;

/** A card of the tour, over one of the screens. */
export interface TourStep {
  readonly id: StepId;
  readonly view: ViewId;
}

export const tourSteps: readonly TourStep[] = [
  { id: 'welcome', view: 'overview' },
  { id: 'backUp', view: 'back-up' },
  { id: 'restore', view: 'restore' },
  { id: 'schedules', view: 'schedules' },
  { id: 'services', view: 'services' },
  { id: 'jobs', view: 'jobs' },
  { id: 'doors', view: 'overview' },
];
