/** A count in groups of three: "18,204". */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}
