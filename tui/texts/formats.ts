import type { Calendar } from './calendar.ts';
import { englishFormats } from './english/english-formats.ts';

/** How a language writes numbers, times and dates. */
export interface Formats {
  /** For Intl: plural forms, names of months. */
  readonly locale: string;
  /** With this many digits behind the point. */
  readonly number: (value: number, digits: number) => string;
  /** A whole number, in groups where the language has them. */
  readonly count: (value: number) => string;
  /** From the byte on, each 1,024 times the one before. */
  readonly bytes: readonly [string, string, string, string, string, string];
  /** Between the parts of a list. */
  readonly comma: string;
  readonly perSecond: (amount: string) => string;
  readonly units: Readonly<Record<'second' | 'minute' | 'hour' | 'day', string>>;
  readonly now: string;
  readonly justNow: string;
  readonly ago: (span: string) => string;
  readonly ahead: (span: string) => string;
  /** Short names, Sunday first. */
  readonly weekdays: readonly [string, string, string, string, string, string, string];
  /** To head a month where they fit; absent: the short ones. */
  readonly longWeekdays?: Formats['weekdays'];
  /** 0 is Sunday. */
  readonly weekStartsOn: 0 | 1 | 6;
  /** The weekday that is told apart in a month, because nobody works on it; 0 is Sunday. */
  readonly dayOff?: number;
  /** Whose months the grid of a month shows. */
  readonly calendar: Calendar;
  /** Year, month and day of local time in at most 10 cells. */
  readonly date: (at: Date) => string;
  /** The same day in the calendar that the rest of the world goes by, to stand beside `date`; absent: it is that. */
  readonly dateBeside?: (at: Date) => string;
  /** Month and year of local time, by `calendar`. */
  readonly month: (at: Date) => string;
  /** Weekday, day and month of local time. */
  readonly day: (at: Date) => string;
  /** Hours and minutes of local time. */
  readonly clock: (at: Date) => string;
  /** Its seconds. */
  readonly seconds: (at: Date) => string;
}

let spoken: Formats = englishFormats;

/** Those of the language that is spoken now. */
export function formats(): Formats {
  return spoken;
}

/** Only for the one that changes the language. */
export function setFormats(next: Formats): void {
  spoken = next;
}
