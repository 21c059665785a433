import type { ScheduleSettings } from '../../../protocol/domain/schedule.ts';
import type { Page } from '../../store/ui-state.ts';
import type { Model } from '../bench.ts';

/** The form while it is open. */
export type SchedulePage = Extract<Page, { readonly kind: 'schedule' }>;

export function schedulePage(model: Model): SchedulePage | undefined {
  const page = model.ui.pages.schedules;
  return page?.kind === 'schedule' ? page : undefined;
}

/** A schedule as it stands in kedge.jsonc now. */
export function settingsNow(model: Model, id: string): ScheduleSettings | undefined {
  return model.state.snapshot?.schedules.find((schedule) => schedule.id === id)?.settings;
}

/** Both come from the same schema, so their keys have one order. */
export function sameSettings(
  a: ScheduleSettings | undefined,
  b: ScheduleSettings | undefined,
): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
