/** A day by some calendar; months and days from 1 on. */
export interface CalendarDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** How a calendar counts the days that all share. */
export interface Calendar {
  /** What it calls a Gregorian day. */
  readonly from: (gregorian: CalendarDay) => CalendarDay;
  /** The Gregorian day; undefined: it has no such day. */
  readonly toGregorian: (day: CalendarDay) => CalendarDay | undefined;
}

export const gregorianCalendar: Calendar = {
  from: (day) => day,
  toGregorian(day) {
    const at = new Date(Date.UTC(day.year, day.month - 1, day.day));
    const isSame = at.getUTCMonth() === day.month - 1 && at.getUTCDate() === day.day;
    return isSame ? day : undefined;
  },
};
