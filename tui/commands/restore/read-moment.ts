import { KedgeError } from '../../../protocol/failures.ts';
import { formats } from '../../texts/formats.ts';
import { wordMoment, wordMomentFully } from '../../texts/moment.ts';
import { momentTexts } from '../../texts/texts.ts';
import { dayFrom, latinDigits } from '../../texts/typed-date.ts';

const clock = '(\\d{1,2}):(\\d{2})(?::(\\d{2}))?';
const dated = '(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})';
const whole = new RegExp(
  `^${dated}(?:(?:T|\\s+)${clock}(?:[.,]\\d+)?\\s*(Z|[+-]\\d{2}:?\\d{2})?)?$`,
  'i',
);
const days = { today: ['today', 'heute', 'امروز'], yesterday: ['yesterday', 'gestern', 'دیروز'] };
const near = new RegExp(`^(?:(${Object.values(days).flat().join('|')})\\s+)?${clock}$`, 'i');

/** Of a day that is named without a time: its first moment, or its last one that has been. */
type End = 'first' | 'last';

/** A moment that was typed. */
export interface TypedMoment {
  readonly atMs: number;
  /** The day as it was named, where that was by the Solar Hijri calendar: "1405-09-01". */
  readonly solarDay?: string;
}

/**
 * A moment as a person names it, in ms since the epoch: "2026-11-20 14:00" (of the zone of this machine, or with an
 * offset), a day alone, either by the Solar Hijri calendar too, "yesterday 14:00", or "14:00", the last one that has
 * been. Fails with bad-argument and examples. `note` is told what a Solar Hijri day was taken for.
 */
export function readMoment(
  text: string,
  nowMs: number,
  note: (line: string) => void,
  end: End = 'last',
): number {
  const found = momentIn(text, nowMs, end);
  if (found === undefined) throw wrong(text, momentTexts.notUnderstood);
  if (found.atMs > nowMs) throw wrong(text, momentTexts.ahead);
  if (found.solarDay !== undefined)
    note(momentTexts.understood(text.trim(), inBothCalendars(found)));
  return found.atMs;
}

/** The moment that a text names, also one ahead; undefined: it names none. */
export function momentIn(text: string, nowMs: number, end: End = 'last'): TypedMoment | undefined {
  const typed = latinDigits(text.trim());
  const found = readWhole(typed, nowMs, end);
  if (found !== undefined) return found;
  const atMs = readNear(typed, nowMs);
  return atMs === undefined ? undefined : { atMs };
}

/** A moment with its day by both calendars, where it was typed by the one that the language does not write. */
export function inBothCalendars({ atMs, solarDay }: TypedMoment): string {
  if (solarDay === undefined || formats().dateBeside !== undefined) return wordMomentFully(atMs);
  return `${wordMoment(atMs)} (${solarDay})`;
}

function wrong(text: string, why: string): KedgeError {
  const problem = `"${text}" ${why}; ${momentTexts.examples}`;
  return new KedgeError('bad-argument', { what: momentTexts.what, problem });
}

function readWhole(text: string, nowMs: number, end: End): TypedMoment | undefined {
  const found = whole.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 0, date = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const named = dayFrom(year, month, date);
  if (named === undefined || !isClock(hour, minute, second)) return undefined;
  const day = [named.year, named.month - 1, named.day] as const;
  const solar = named.asTyped === undefined ? {} : { solarDay: named.asTyped };
  if (found[4] === undefined) return { atMs: endOfDay(day, nowMs, end), ...solar };
  const offset = found[7];
  const atMs =
    offset === undefined
      ? new Date(...day, hour, minute, second).getTime()
      : Date.UTC(...day, hour, minute, second) - offsetMs(offset);
  return { atMs, ...solar };
}

function endOfDay(
  [year, month, date]: readonly [number, number, number],
  nowMs: number,
  end: End,
): number {
  const first = new Date(year, month, date).getTime();
  if (end === 'first' || first > nowMs) return first;
  return Math.min(nowMs, new Date(year, month, date + 1).getTime() - 1);
}

function offsetMs(offset: string): number {
  if (offset.toUpperCase() === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}

function readNear(text: string, nowMs: number): number | undefined {
  const found = near.exec(text);
  if (found === null) return undefined;
  const [, word, ...parts] = found;
  const [hour = 0, minute = 0, second = 0] = parts.map((part) => Number(part ?? 0));
  if (!isClock(hour, minute, second)) return undefined;
  const on = (day: Date): number =>
    new Date(day.getFullYear(), day.getMonth(), day.getDate(), hour, minute, second).getTime();
  const yesterday = new Date(nowMs);
  yesterday.setDate(yesterday.getDate() - 1);
  if (word !== undefined && days.yesterday.includes(word.toLowerCase())) return on(yesterday);
  const today = on(new Date(nowMs));
  return word === undefined && today > nowMs ? on(yesterday) : today;
}

function isClock(hour: number, minute: number, second: number): boolean {
  return hour < 24 && minute < 60 && second < 60;
}
