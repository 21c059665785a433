/** Acts once nothing more was typed for a while: what is costly to ask is not asked at every letter. */
export function whenTyped(typed: () => string, pauseMs: number, act: () => void): void {
  const before = typed();
  setTimeout(() => {
    if (typed() === before) act();
  }, pauseMs);
}
