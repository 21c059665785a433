import { expect, test } from 'vitest';
import { crash, isLong, say, turningPoints } from '../support/crash/cut-plan.ts';
import { cutAt, momentsOf } from '../support/crash/enumerate-cuts.ts';
import { type DiskFault, diskFaults, disks } from '../support/crash/faulty-disk.ts';
import { beginTrial } from '../support/crash/flow-trial.ts';
import { tryFaults, tryFaultsInRecovery } from '../support/crash/try-faults.ts';
import { flows } from './flows.ts';

/** Of errors each operation meets one kind or the other: one that passes at odd ones, one that stays at even ones. */
function pointsOf({ code, lasts }: DiskFault) {
  if (isLong || code === 'ENOSPC') return { first: 1, every: 1 };
  return { first: lasts === 'once' ? 1 : 2, every: 2 };
}

test.each(flows)(
  '$name: a disk that fails or is full at any operation leaves it old or new',
  async (flow) => {
    using trial = await beginTrial(flow);
    for (const disk of disks) {
      for (const fault of diskFaults) {
        const ends = await tryFaults(trial, disk, fault, pointsOf(fault));
        say(flow.name, `${fault.code} (${fault.lasts}) on the ${disk} disk`, ends);
        expect(ends.length).toBeGreaterThan(fault.code === 'ENOSPC' ? 0 : 2);
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
