import { formats } from './formats.ts';

/** A count in groups of three: "18,204". */
export function formatCount(count: number): string {
  return formats().count(count);
}
