const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in its one or two greatest units: "8 s", "1 min 20 s", "3 h 5 min", "2 d 4 h". */
export function wordSeconds(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < minute) return `${whole} s`;
  if (whole < hour) return twoUnits(whole, minute, 'min', 1, 's');
  if (whole < day) return twoUnits(whole, hour, 'h', minute, 'min');
  return twoUnits(whole, day, 'd', hour, 'h');
}

function twoUnits(whole: number, great: number, name: string, small: number, sub: string): string {
  const rest = Math.floor((whole % great) / small);
  const first = `${Math.floor(whole / great)} ${name}`;
  return rest === 0 ? first : `${first} ${rest} ${sub}`;
}

/** In one unit only, for narrow places: "8 s", "3 min", "5 h", "2 d". */
export function wordSecondsShort(seconds: number): string {
  return wordSeconds(seconds).split(' ').slice(0, 2).join(' ');
}

/** "2 min ago", "just now". */
export function wordAgo(atMs: number, nowMs: number): string {
  const seconds = (nowMs - atMs) / 1000;
  return seconds < 5 ? 'just now' : `${wordSecondsShort(seconds)} ago`;
}

/** "in 23 min", "now". */
export function wordAhead(atMs: number, nowMs: number): string {
  const seconds = (atMs - nowMs) / 1000;
  return seconds < 1 ? 'now' : `in ${wordSecondsShort(seconds)}`;
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
  if (Math.abs(atMs - nowMs) < 6 * day * 1000) return `${weekdays[at.getDay()]} ${wordClock(atMs)}`;
  return wordMoment(atMs);
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

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

function two(value: number): string {
  return String(value).padStart(2, '0');
}
