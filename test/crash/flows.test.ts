import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Cut, momentsOf, tryCut } from '../support/crash/enumerate-cuts.ts';
import { beginTrial } from '../support/crash/flow-trial.ts';
import { allKept, allLost, seeded } from '../support/crash/power-cut.ts';
import { flows } from './flows.ts';

// What is durable is the model's business: the real disk would only cost time.
if (existsSync('/dev/shm')) process.env['TMPDIR'] = '/dev/shm';

const isLong = process.env['CRASH_ALL'] === '1';
const seeds = isLong ? 20 : 2;

const crash: Cut = { kind: 'crash' };
const powerCuts: readonly Cut[] = [
  { kind: 'power cut', name: 'all lost', chance: allLost },
  { kind: 'power cut', name: 'all kept', chance: allKept },
];
const seededCut = (seed: number): Cut => ({
  kind: 'power cut',
  name: `seed ${seed}`,
  chance: seeded(seed),
});

function say(flow: string, what: string, ends: readonly string[]): void {
  const count = (end: string) => ends.filter((each) => each === end).length;
  process.stderr.write(
    `${flow}: ${what}: ${ends.length} tried, ${count('old')} old, ${count('new')} new\n`,
  );
}

test.each(flows)(
  '$name: killed before each operation it ends old or new',
  async (flow) => {
    using trial = await beginTrial(flow);
    trial.reset();
    const moments = await momentsOf(trial, trial.run);
    const ends: string[] = [];
    for (const moment of moments) ends.push(await tryCut(trial, moment, crash));
    say(flow.name, 'crash', ends);
    expect(ends.length).toBeGreaterThan(flow.leastPoints);
    expect(ends.at(-1)).toBe('new');
  },
  600_000,
);

test.each(flows)(
  '$name: the power cut before each operation it ends old or new, whatever was not synced',
  async (flow) => {
    using trial = await beginTrial(flow);
    trial.reset();
    const moments = await momentsOf(trial, trial.run);
    const ends: string[] = [];
    for (const moment of moments) {
      const seed = (n: number) => seededCut(moment.k * 100 + n);
      const cuts = [...powerCuts, ...Array.from({ length: seeds }, (_, n) => seed(n))];
      for (const cut of cuts) {
        const end = await tryCut(trial, moment, cut);
        // It was said to be done.
        if (moment.isLast) expect(end, moment.where).toBe('new');
        ends.push(end);
      }
    }
    say(flow.name, 'power cut', ends);
    expect(ends.length).toBeGreaterThan(4 * flow.leastPoints);
  },
  600_000,
);
