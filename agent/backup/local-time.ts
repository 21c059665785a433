/** A moment on the wall clock of a zone, fit for file names: `2026-11-21T02-00-00+0330`. */
export function localTime(atMs: number, zone: string): string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'longOffset',
  });
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  const day = `${part('year')}-${part('month')}-${part('day')}`;
  const time = `${part('hour')}-${part('minute')}-${part('second')}`;
  return `${day}T${time}${offsetDigits(part('timeZoneName'))}`;
}

/** "GMT+03:30" -> "+0330"; "GMT" alone is UTC. */
function offsetDigits(name: string): string {
  const digits = name.replace('GMT', '').replace(':', '');
  return digits === '' ? '+0000' : digits;
}
