import { texts } from '../../texts/texts.ts';
import type { Section } from '../../widgets/section.ts';
import { countBetween, hoursBetweenFulls, hoursForCount } from './between-fulls.ts';
import type { FieldDrawer } from './form-fields.ts';
import type { ScheduleForm } from './schedule-form.ts';

const words = texts.schedules;

/** None, every so many hours or so many between two fulls, or by cron. */
export function differentialSections(form: ScheduleForm, show: FieldDrawer): readonly Section[] {
  const head = show.choice('differential', words.differential);
  if (form.differential === 'off') return head;
  if (form.differential === 'cron') {
    return [...head, ...show.field('differentialCron', words.notes.cron)];
  }
  const period = hoursBetweenFulls(form.every);
  if (period === undefined) return [...head, ...show.small('hours', monthNote(form))];
  return [
    ...head,
    ...show.small('hours', words.notes.hours),
    ...show.small('between', betweenNote(form, period)),
  ];
}

/** What was typed as a number between two fulls may not fit; the hours are what counts. */
function betweenNote({ between, hours }: ScheduleForm, period: number): string {
  const typed = Number(between);
  if (!Number.isInteger(typed) || typed < 1) return words.notes.between;
  const nearest = hoursForCount(typed, period);
  const count = countBetween(nearest, period);
  if (count === typed || Number(hours) !== nearest) return words.notes.between;
  return words.notes.betweenNearest(typed, count, nearest);
}

function monthNote({ every, hours }: ScheduleForm): string {
  const step = Number(hours);
  if (every !== 'month' || !(step >= 1)) return words.notes.hours;
  return words.notes.betweenMonth(countBetween(step, 28 * 24), countBetween(step, 31 * 24));
}
