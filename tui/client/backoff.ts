const firstMs = 500;
const longestMs = 10_000;

/** Wait before attempt n (from 0): doubles from 0.5 s to 10 s, half of it by chance. `random`: 0 to 1. */
export function backoffMs(attempt: number, random: number): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** attempt);
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
