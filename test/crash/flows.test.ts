import { expect, test, vi } from 'vitest';
import {
  crash,
  powerCuts,
  say,
  seededCut,
  seeds,
  turningPoints,
} from '../support/crash/cut-plan.ts';
import { cutAt, momentsOf, statesTried, tryCut } from '../support/crash/enumerate-cuts.ts';
import { beginTrial } from '../support/crash/flow-trial.ts';
import { isLong } from '../support/crash/is-long.ts';
import { flows } from './flows.ts';

vi.mock(
  import('../../agent/os/attributes/read-attributes.ts'),
  async () => await import('../support/crash/no-attributes.ts'),
);
vi.mock(import('../../agent/os/sync-tree.ts'), async (original) => ({
  ...(await original()),
  ...(await import('../support/crash/no-sync.ts')),
}));

test.each(flows)(
  '$name: killed before each operation it ends old or new',
  async (flow) => {
    using trial = await beginTrial(flow);
    trial.reset();
    const moments = await momentsOf(trial, trial.run);
    const ends: string[] = [];
    for (const moment of moments) ends.push(await tryCut(trial, moment, crash));
    say(flow.name, 'crash', ends, statesTried(trial));
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
    say(flow.name, 'power cut', ends, statesTried(trial));
    expect(ends.length).toBeGreaterThan(4 * flow.leastPoints);
  },
  600_000,
);

test.each(flows)(
  '$name: cut off again in its recovery it ends old or new',
  async (flow) => {
    using trial = await beginTrial(flow);
    trial.reset();
    const moments = turningPoints(await momentsOf(trial, trial.run));
    const ends: string[] = [];
    for (const moment of moments) {
      for (const cut of [crash, ...powerCuts.slice(0, 1)]) {
        const before = await cutAt(trial, moment, cut);
        const recovery = await momentsOf(trial, trial.recover);
        for (const again of recovery.filter(({ k }) => isLong || (k + moment.k) % 4 === 0)) {
          ends.push(await tryCut(trial, again, cut, `${before}, then `));
        }
      }
    }
    say(flow.name, `recovery cut off, of ${moments.length} cuts`, ends, statesTried(trial));
    expect(ends.length).toBeGreaterThan(flow.leastPoints);
  },
  1_800_000,
);
