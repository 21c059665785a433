import { formats } from './formats.ts';

/** A span in its two largest units: "0.4 s", "52 s", "2 min 5 s", "1 h 4 min", "3 d 2 h". */
export function formatDuration(seconds: number): string {
  const { units, number } = formats();
  const { second, minute, hour, day } = units;
  if (seconds < 10) return `${tenths(Math.max(0, seconds))} ${second}`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${number(whole, 0)} ${second}`;
  if (whole < 3600) return pair(Math.floor(whole / 60), minute, whole % 60, second);
  if (whole < 86_400)
    return pair(Math.floor(whole / 3600), hour, Math.floor((whole % 3600) / 60), minute);
  return pair(Math.floor(whole / 86_400), day, Math.floor((whole % 86_400) / 3600), hour);
}

/** Time left as on a clock: "0:52", "1:04:00". */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const rest = two(whole % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** Local time of this terminal: "2026-11-21 02:00:00". */
export function formatMoment(ms: number): string {
  const at = new Date(ms);
  const { date, clock, seconds } = formats();
  return `${date(at)} ${clock(at)}:${seconds(at)}`;
}

/** Distance from now: "in 23 min 4 s", "2 h 5 min ago", "now". */
export function formatDistance(ms: number, nowMs: number): string {
  const seconds = Math.round((ms - nowMs) / 1000);
  const { now, ago, ahead } = formats();
  if (seconds === 0) return now;
  return seconds > 0 ? ahead(formatDuration(seconds)) : ago(formatDuration(-seconds));
}

/** "0.4", but "4" and not "4.0". */
function tenths(seconds: number): string {
  const rounded = Math.round(seconds * 10) / 10;
  return formats().number(rounded, Number.isInteger(rounded) ? 0 : 1);
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  const { number } = formats();
  const first = `${number(large, 0)} ${largeUnit}`;
  return small === 0 ? first : `${first} ${number(small, 0)} ${smallUnit}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
