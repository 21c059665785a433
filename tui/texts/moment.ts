import { formats } from './formats.ts';
import { formatDuration } from './time.ts';

/** In one unit only, for narrow places: "8 s", "3 min", "5 h", "2 d". */
export function wordSpan(seconds: number): string {
  return formatDuration(seconds < 60 ? Math.round(seconds) : seconds)
    .split(' ')
    .slice(0, 2)
    .join(' ');
}

/** "2 min ago", "just now". */
export function wordAgo(atMs: number, nowMs: number): string {
  const seconds = (nowMs - atMs) / 1000;
  const { ago, justNow } = formats();
  return seconds < 5 ? justNow : ago(wordSpan(seconds));
}

/** "in 23 min", "now". */
export function wordAhead(atMs: number, nowMs: number): string {
  const seconds = (atMs - nowMs) / 1000;
  const { ahead, now } = formats();
  return seconds < 1 ? now : ahead(wordSpan(seconds));
}

/** Cells that columns of spans, of past, of coming and of near moments take at most, but no fewer than `least`. */
export function momentCells(of: 'span' | 'ago' | 'ahead' | 'near', least: number): number {
  const { ago, ahead, justNow, weekdays } = formats();
  if (of === 'near') return Math.max(least, ...weekdays.map((day) => `${day} 23:59`.length));
  const long = [59, 59 * 60].map(wordSpan);
  const said = of === 'span' ? long : long.map(of === 'ago' ? ago : ahead);
  return Math.max(least, ...[...said, of === 'ago' ? justNow : ''].map(({ length }) => length));
}

/** Local date and time: "2026-11-21 02:00". */
export function wordMoment(atMs: number): string {
  return `${wordDate(atMs)} ${wordClock(atMs)}`;
}

/** As `wordMoment`, with the Gregorian date beside it where the language has another calendar: where room is, and dates matter. */
export function wordMomentFully(atMs: number): string {
  const beside = formats().dateBeside?.(new Date(atMs));
  return beside === undefined ? wordMoment(atMs) : `${wordMoment(atMs)} (${beside})`;
}

/** Local date: "2026-11-21". */
export function wordDate(atMs: number): string {
  return formats().date(new Date(atMs));
}

/** As short as it stays clear: "14:05" today, "Fri 02:00" within a week, else the date. */
export function wordNear(atMs: number, nowMs: number): string {
  return isFar(atMs, nowMs) ? wordMoment(atMs) : wordNearShort(atMs, nowMs);
}

/** The same in at most 10 cells: a far day without its time. */
export function wordNearShort(atMs: number, nowMs: number): string {
  if (isFar(atMs, nowMs)) return wordDate(atMs);
  const at = new Date(atMs);
  if (at.toDateString() === new Date(nowMs).toDateString()) return wordClock(atMs);
  return `${formats().weekdays[at.getDay()]} ${wordClock(atMs)}`;
}

/** "14:05". */
export function wordClock(atMs: number): string {
  return formats().clock(new Date(atMs));
}

/** "14:05:09". */
export function wordClockSeconds(atMs: number): string {
  return `${wordClock(atMs)}:${formats().seconds(new Date(atMs))}`;
}

const nearMs = 6 * 24 * 3600 * 1000;

function isFar(atMs: number, nowMs: number): boolean {
  return (
    Math.abs(atMs - nowMs) >= nearMs &&
    new Date(atMs).toDateString() !== new Date(nowMs).toDateString()
  );
}
