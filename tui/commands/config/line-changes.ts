/** A line that one text has and the other has not. */
export interface LineChange {
  readonly kind: 'gone' | 'new';
  readonly line: string;
}

/** Tables of more cells than this are not made: then all lines in between count as changed. */
const mostCells = 4_000_000;

/** What became of the lines of a text, in order; lines that stayed are left out. */
export function lineChanges(before: string, after: string): readonly LineChange[] {
  const [old, now] = middles(before.split('\n'), after.split('\n'));
  const kept = old.length * now.length > mostCells ? [] : commonLines(old, now);
  const changes: LineChange[] = [];
  let [atOld, atNow] = [0, 0];
  for (const [keptOld, keptNow] of [...kept, [old.length, now.length] as const]) {
    for (const line of old.slice(atOld, keptOld)) changes.push({ kind: 'gone', line });
    for (const line of now.slice(atNow, keptNow)) changes.push({ kind: 'new', line });
    [atOld, atNow] = [keptOld + 1, keptNow + 1];
  }
  return changes;
}

type Lines = readonly string[];

/** Without what both begin and end with. */
function middles(old: Lines, now: Lines): readonly [Lines, Lines] {
  const least = Math.min(old.length, now.length);
  let start = 0;
  while (start < least && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < least - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return [old.slice(start, old.length - end), now.slice(start, now.length - end)];
}

/** Places of a longest common subsequence, in both. */
function commonLines(old: Lines, now: Lines): readonly (readonly [number, number])[] {
  const width = now.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        old[i] === now[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const common: (readonly [number, number])[] = [];
  let [i, j] = [0, 0];
  while (i < old.length && j < now.length) {
    if (old[i] === now[j]) common.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i += 1;
    else j += 1;
  }
  return common;
}
