import { expect, test, vi } from 'vitest';
import { say } from '../support/crash/cut-plan.ts';
import { type DiskFault, diskFaults, disks } from '../support/crash/faulty-disk.ts';
import { beginTrial } from '../support/crash/flow-trial.ts';
import { isLong } from '../support/crash/is-long.ts';
import { operationsOf, tryFaults } from '../support/crash/try-faults.ts';
import { flows } from './flows.ts';

vi.mock(
  import('../../agent/os/attributes/read-attributes.ts'),
  async () => await import('../support/crash/no-attributes.ts'),
);
vi.mock(import('../../agent/os/sync-tree.ts'), async (original) => ({
  ...(await original()),
  ...(await import('../support/crash/no-sync.ts')),
}));

/** Of errors each operation meets one kind or the other: one that passes at odd ones, one that stays at even ones. */
function pointsOf({ code, lasts }: DiskFault) {
  if (isLong || code === 'ENOSPC') return { first: 1, every: 1 };
  return { first: lasts === 'once' ? 1 : 2, every: 2 };
}

test.each(flows)(
  '$name: a disk that fails or is full at any operation leaves it old or new',
  async (flow) => {
    using trial = await beginTrial(flow);
    trial.reset();
    const operations = await operationsOf(trial.run);
    for (const disk of disks) {
      for (const fault of diskFaults) {
        const ends = await tryFaults(trial, operations, { disk, fault, ...pointsOf(fault) });
        say(flow.name, `${fault.code} (${fault.lasts}) on the ${disk} disk`, ends);
        expect(ends.length).toBeGreaterThan(fault.code === 'ENOSPC' ? 0 : 2);
      }
    }
  },
  600_000,
);
