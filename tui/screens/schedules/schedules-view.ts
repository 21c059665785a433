import type { Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { calendarSections } from './calendar-view.ts';
import { formSections } from './form-sections.ts';
import { runsPage } from './runs-page.ts';
import { scheduleList } from './schedule-list.ts';

/** The schedules; or the form of one, what came of its runs, or the calendar of all. */
export function scheduleSections(model: Model): readonly Section[] {
  const page = model.ui.pages.schedules;
  if (page?.kind === 'schedule') return formSections(model, page);
  if (page?.kind === 'schedule-runs') return runsPage(model, page.schedule);
  return page?.kind === 'calendar' ? calendarSections(model, page) : [scheduleList(model)];
}
