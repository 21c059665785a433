import { formatCount } from '../count.ts';

/** "1 ردیف", "18,204 ردیف": a noun stays as it is behind a number. */
export function counted(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}`;
}
