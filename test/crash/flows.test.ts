import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  type Cut,
  cutAt,
  type Moment,
  momentsOf,
  tryCut,
} from '../support/crash/enumerate-cuts.ts';
import { diskFaults, disks } from '../support/crash/faulty-disk.ts';
import { beginTrial } from '../support/crash/flow-trial.ts';
import { allKept, allLost, seeded } from '../support/crash/power-cut.ts';
import { tryFaults, tryFaultsInRecovery } from '../support/crash/try-faults.ts';
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

/** The last moment of each length of the journal: from there on recovery does something else. */
function turningPoints(moments: readonly Moment[]): readonly Moment[] {
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
    say(flow.name, `recovery cut off, of ${moments.length} cuts`, ends);
    expect(ends.length).toBeGreaterThan(flow.leastPoints);
  },
  1_800_000,
);

test.each(flows)(
  '$name: a disk that fails or is full at any operation leaves it old or new',
  async (flow) => {
    using trial = await beginTrial(flow);
    for (const disk of disks) {
      for (const fault of diskFaults) {
        const ends = await tryFaults(trial, disk, fault);
        say(flow.name, `${fault.code} (${fault.lasts}) on the ${disk} disk`, ends);
        expect(ends.length).toBeGreaterThan(fault.code === 'ENOSPC' ? 0 : 5);
      }
    }
  },
  600_000,
);

test.each(flows)(
  '$name: a disk that fails or is full in its recovery leaves it old or new',
  async (flow) => {
    using trial = await beginTrial(flow);
    trial.reset();
    const moments = turningPoints(await momentsOf(trial, trial.run));
    const ends: string[] = [];
    for (const moment of moments) {
      const start = async () => await cutAt(trial, moment, crash);
      for (const disk of disks) {
        for (const fault of diskFaults) {
          const order = { disk, fault, every: isLong ? 1 : 5 };
          ends.push(...(await tryFaultsInRecovery(trial, start, order)));
        }
      }
    }
    say(flow.name, `failing disks in recovery, of ${moments.length} cuts`, ends);
    expect(ends.length).toBeGreaterThan(flow.leastPoints / 2);
  },
  1_800_000,
);
