/**
 * Wall time: the date and time a clock on the wall of a zone shows, as ms, written as if it were
 * UTC. Arithmetic on it knows no daylight saving; `instantOf` brings it back to real time.
 */
const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

export function wallClock(atMs: number, zone: string): number {
  // "11/22/2026, 09:14:05": a third of the time that formatToParts takes.
  const text = formatOf(zone).format(atMs);
  const [month = 1, day = 1, year = 0, hour = 0, minute = 0, second = 0] = text
    .split(/\D+/)
    .map(Number);
  const wholeMs = Date.UTC(year, month - 1, day, hour, minute, second);
  return wholeMs + (atMs - Math.floor(atMs / 1000) * 1000);
}

/**
 * When the wall clock shows `wallMs`: the first time where it shows it twice; where it never does,
 * the moment right after the gap.
 */
export function instantOf(wallMs: number, zone: string): number {
  // Zones lie between 12 hours behind and 14 ahead of UTC: this span holds every answer.
  const from = wallMs - 15 * 3_600_000;
  const to = wallMs + 13 * 3_600_000;
  const change = offsetChange(from, to, zone);
  const early = wallMs - offsetAt(from, zone);
  if (change === undefined || early < change) return early;
  return Math.max(change, wallMs - offsetAt(to, zone));
}

/** As `instantOf`, but the second time where the clock shows it twice. */
export function lastInstantOf(wallMs: number, zone: string): number {
  const first = instantOf(wallMs, zone);
  // No zone has ever gone back by more than a day; by that one did: Kwajalein, in 1969.
  const change = offsetChange(first, first + dayMs, zone);
  if (change === undefined) return first;
  const again = wallMs - offsetAt(first + dayMs, zone);
  return again >= change && wallClock(again, zone) === wallMs ? again : first;
}

/** The first moment in (fromMs, toMs] with another offset from UTC, if they differ at the ends. */
export function offsetChange(fromMs: number, toMs: number, zone: string): number | undefined {
  const before = offsetAt(fromMs, zone);
  if (offsetAt(toMs, zone) === before) return undefined;
  let low = Math.floor(fromMs / 1000);
  let high = Math.ceil(toMs / 1000);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * 1000, zone) === before) low = middle;
    else high = middle;
  }
  return high * 1000;
}

export function offsetAt(atMs: number, zone: string): number {
  return wallClock(atMs, zone) - atMs;
}

/** False for a date that a zone left out, such as 2011-12-30 in Pacific/Apia. */
export function dateExists(wallMs: number, zone: string): boolean {
  const start = startOfDate(wallMs);
  return instantOf(start, zone) < instantOf(start + dayMs, zone);
}

export function startOfDate(wallMs: number): number {
  return Math.floor(wallMs / dayMs) * dayMs;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}
