import { wallClock } from '../../agent/os/wall-clock.ts';

/** Zones with what makes each hard, and a year in which it shows. */
export const zoneYears = [
  ['Europe/Berlin', 2026],
  ['America/New_York', 2026],
  ['Asia/Tehran', 2021],
  ['Asia/Tehran', 2025],
  ['Australia/Lord_Howe', 2026],
  ['America/Santiago', 2026],
  ['Africa/Cairo', 2026],
  ['Pacific/Apia', 2011],
  ['Asia/Kathmandu', 2026],
] as const;

const formats = new Map<string, Intl.DateTimeFormat>();

/** "2026-03-29 03:00" on the wall: straight from ICU, apart from the code under test. */
export function onWall(atMs: number, zone: string): string {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(zone, format);
  return format.format(atMs);
}

export function dateOnWall(atMs: number, zone: string): string {
  return onWall(atMs, zone).slice(0, 10);
}

/** All dates that the zone really had in a year, found by looking at every half hour. */
export function datesOf(year: number, zone: string): ReadonlySet<string> {
  const dates = new Set<string>();
  for (let at = Date.UTC(year, 0, 1) - 86_400_000; at < Date.UTC(year + 1, 0, 2); at += 1_800_000) {
    const date = dateOnWall(at, zone);
    if (date.startsWith(String(year))) dates.add(date);
  }
  return dates;
}

/** Real time of a written wall time, for expectations: "2026-03-29T02:00+01:00". */
export const at = (text: string): number => Date.parse(text);

/** Number of the Sunday-to-Saturday week that a moment lies in on the wall. */
export function weekOf(atMs: number, zone: string): number {
  return Math.floor((wallClock(atMs, zone) / 86_400_000 + 4) / 7);
}
