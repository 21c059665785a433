const forms = '"2026-11-20 14:00", "2026-11-20T14:00+01:00", "yesterday 14:00" or "14:00"';

/** Words about moments that a person types. */
export const momentTexts = {
  what: 'moment',
  notUnderstood: 'is no moment that can be understood',
  ahead: 'lies ahead',
  understood: (typed: string, at: string): string => `"${typed}" is ${at}`,
  examples: `write it as ${forms}`,
  eitherOr: 'name either a backup or, with --at, a moment',
} as const;

/** Choosing a moment on the Restore screen. */
export const momentPageTexts = {
  moment: 'Moment',
  placeholder: 'yesterday 14:00, or choose a day below',
  note: 'The newest good backup at or before it is planned, and the gap is shown.',
  days: 'Days with backups',
  noDays: 'No backups yet.',
  noTimes: 'Nothing is there of this day any more.',
  older: 'There are older ones: type a moment.',
  times: (day: string) => `Backups of ${day}`,
  means: (at: string, ago: string) => `That is ${at}, ${ago}.`,
  ahead: 'That lies ahead.',
  forms: `Write it as ${forms}.`,
  typeMoment: 'Type a moment such as "yesterday 14:00", or choose a day from the list.',
  isGood: 'good',
  good: (good: number, total: number) =>
    good === total ? `${good} good` : `${good} good of ${total}`,
  columns: {
    day: 'DAY',
    good: 'BACKUPS',
    between: 'BETWEEN',
    time: 'TIME',
    kind: 'KIND',
    check: 'CHECK',
    name: 'NAME',
  },
  commands: {
    days: 'Restore a moment: choose day and time',
    times: 'Show the backups of a day',
    planAt: 'Plan a restore of a moment',
  },
} as const;
