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
  return seconds < 5 ? 'just now' : `${wordSpan(seconds)} ago`;
}

/** "in 23 min", "now". */
export function wordAhead(atMs: number, nowMs: number): string {
  const seconds = (atMs - nowMs) / 1000;
  return seconds < 1 ? 'now' : `in ${wordSpan(seconds)}`;
}

/** Local date and time: "2026-11-21 02:00". */
export function wordMoment(atMs: number): string {
  const at = new Date(atMs);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${wordClock(atMs)}`;
}

/** As short as it stays clear: "14:05" today, "Fri 02:00" within a week, else the date. */
export function wordNear(atMs: number, nowMs: number): string {
  const at = new Date(atMs);
  const now = new Date(nowMs);
  if (at.toDateString() === now.toDateString()) return wordClock(atMs);
  if (Math.abs(atMs - nowMs) < nearMs) return `${weekdays[at.getDay()]} ${wordClock(atMs)}`;
  return wordMoment(atMs);
}

/** The same in at most 10 cells: a far day without its time. */
export function wordNearShort(atMs: number, nowMs: number): string {
  return wordNear(atMs, nowMs).slice(0, 10).trimEnd();
}

/** "14:05". */
export function wordClock(atMs: number): string {
  const at = new Date(atMs);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** "14:05:09". */
export function wordClockSeconds(atMs: number): string {
  return `${wordClock(atMs)}:${two(new Date(atMs).getSeconds())}`;
}

const nearMs = 6 * 24 * 3600 * 1000;
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

function two(value: number): string {
  return String(value).padStart(2, '0');
}
