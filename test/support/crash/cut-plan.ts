import type { Cut, Moment } from './enumerate-cuts.ts';
import { isLong } from './is-long.ts';
import { allKept, allLost, seeded } from './power-cut.ts';
import '../memory-disk.ts';
import { fileCallsWithoutThreads } from './without-threads.ts';

export const seeds = isLong ? 20 : 2;

// The long form works as Kedge does.
if (!isLong) fileCallsWithoutThreads();

export const crash: Cut = { kind: 'crash' };
export const powerCuts: readonly Cut[] = [
  { kind: 'power cut', name: 'all lost', chance: allLost },
  { kind: 'power cut', name: 'all kept', chance: allKept },
];
export const seededCut = (seed: number): Cut => ({
  kind: 'power cut',
  name: `seed ${seed}`,
  chance: seeded(seed),
});

/** `states`: how many of the tried ones left a disk that no other had left. */
export function say(flow: string, what: string, ends: readonly string[], states?: number): void {
  const count = (end: string) => ends.filter((each) => each === end).length;
  const different = states === undefined ? '' : ` (${states} different states)`;
  process.stderr.write(
    `${flow}: ${what}: ${ends.length} tried${different}, ${count('old')} old, ${count('new')} new\n`,
  );
}

/** The last moment of each length of the journal: from there on recovery does something else. */
export function turningPoints(moments: readonly Moment[]): readonly Moment[] {
  if (isLong) return moments;
  const byLength = new Map(moments.map((moment) => [journalLength(moment), moment]));
  return [...byLength.values()];
}

function journalLength({ image }: Moment): number {
  const journals = [...image.nodes.values()].filter(({ content }) =>
    content?.subarray(0, 15).toString().startsWith('{"kind":"begin"'),
  );
  return journals.reduce(
    (sum, { content }) => sum + (content?.toString().split('\n').length ?? 0),
    0,
  );
}
