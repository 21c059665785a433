import { expect, test, vi } from 'vitest';
import { crash, say, turningPoints } from '../support/crash/cut-plan.ts';
import { cutAt, momentsOf } from '../support/crash/enumerate-cuts.ts';
import { diskFaults, disks } from '../support/crash/faulty-disk.ts';
import { beginTrial } from '../support/crash/flow-trial.ts';
import { isLong } from '../support/crash/is-long.ts';
import { operationsOf, tryFaultsInRecovery } from '../support/crash/try-faults.ts';
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
  '$name: a disk that fails or is full in its recovery leaves it old or new',
  async (flow) => {
    using trial = await beginTrial(flow);
    trial.reset();
    const moments = turningPoints(await momentsOf(trial, trial.run));
    const ends: string[] = [];
    for (const moment of moments) {
      const start = async () => await cutAt(trial, moment, crash);
      await start();
      const operations = await operationsOf(trial.recover);
      for (const disk of disks) {
        for (const fault of diskFaults) {
          const order = { disk, fault, first: 1, every: isLong ? 1 : 5 };
          ends.push(...(await tryFaultsInRecovery(trial, start, operations, order)));
        }
      }
    }
    say(flow.name, `failing disks in recovery, of ${moments.length} cuts`, ends);
    expect(ends.length).toBeGreaterThan(flow.leastPoints / 2);
  },
  1_800_000,
);
