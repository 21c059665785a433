const minuteMs = 60_000;
const units = [
  ['day', 24 * 60],
  ['hour', 60],
  ['minute', 1],
] as const;

/** "3 days ago". */
export function wordAge(nowMs: number, atMs: number): string {
  const minutes = Math.floor((nowMs - atMs) / minuteMs);
  const [unit, size] = units.find(([, each]) => minutes >= each) ?? [];
  if (unit === undefined) return 'just now';
  const count = Math.floor(minutes / size);
  return `${count} ${unit}${count === 1 ? '' : 's'} ago`;
}
