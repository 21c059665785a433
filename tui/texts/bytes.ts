import { formats } from './formats.ts';

/** "0 B", "812 B", "9.5 MiB", "112 MiB". */
export function formatBytes(bytes: number): string {
  const { bytes: units, number } = formats();
  let value = bytes;
  let unit = 0;
  // 999.5 and not 1024: four digits are harder to compare in a column.
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${number(value, digits)} ${units[unit]}`;
}

/** "88 MiB/s". */
export function formatRate(bytesPerSecond: number): string {
  return formats().perSecond(formatBytes(bytesPerSecond));
}
