import { formatCount } from '../count.ts';

/** "1 Zeile", "18.204 Zeilen". */
export function counted(value: number, one: string, many: string): string {
  return `${formatCount(value)} ${value === 1 ? one : many}`;
}
