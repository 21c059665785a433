import type { DiskOperation } from '../../../agent/os/faults.ts';
import { type Disk, type DiskFault, type FaultedEnd, runOnFaultyDisk } from './faulty-disk.ts';
import type { FlowTrial } from './flow-trial.ts';

/** One failing disk for a flow, at the operations `points` of those there; answers how each ended. */
export async function tryFaults(
  trial: FlowTrial,
  disk: Disk,
  fault: DiskFault,
  points: { readonly first: number; readonly every: number },
): Promise<readonly ('old' | 'new')[]> {
  const ends: ('old' | 'new')[] = [];
  for (let k = points.first; ; k += points.every) {
    trial.reset();
    const order = {
      fault,
      k,
      isOn: (operation: DiskOperation) => diskOf(trial, operation) === disk,
    };
    const found = await runOnFaultyDisk(order, trial.run);
    if (found === undefined) return ends;
    ends.push(await settle(trial, found));
  }
}

/** The same for a recovery, from the disk that `start` makes. */
export async function tryFaultsInRecovery(
  trial: FlowTrial,
  start: () => Promise<string>,
  order: { readonly disk: Disk; readonly fault: DiskFault; readonly every: number },
): Promise<readonly ('old' | 'new')[]> {
  const ends: ('old' | 'new')[] = [];
  const isOn = (operation: DiskOperation) => diskOf(trial, operation) === order.disk;
  for (let k = 1; ; k += order.every) {
    const before = await start();
    const found = await runOnFaultyDisk({ fault: order.fault, k, isOn }, trial.recover);
    if (found === undefined) return ends;
    ends.push(
      await settle(trial, { ...found, where: `${before}, in its recovery ${found.where}` }),
    );
  }
}

/** The disk is well again, and Kedge recovers what it finds. */
async function settle(trial: FlowTrial, { where, ended }: FaultedEnd): Promise<'old' | 'new'> {
  try {
    await trial.recover();
  } catch (error) {
    throw new Error(`recovery failed after ${where}`, { cause: error });
  }
  return await trial.expectSettled(`${where}, the flow ${ended}`);
}

function diskOf({ app }: FlowTrial, { path }: DiskOperation): Disk | undefined {
  if (path.startsWith(`${app.stateFolder}/`)) return 'state';
  if (!path.startsWith(`${app.app}/`)) return undefined;
  return /\/\.kedge[-/]/.test(path) ? 'staging' : 'live';
}
