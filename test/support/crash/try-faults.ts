import { type DiskOperation, setFaultHook } from '../../../agent/os/faults.ts';
import {
  couldFail,
  type Disk,
  type DiskFault,
  type FaultedEnd,
  runOnFaultyDisk,
} from './faulty-disk.ts';
import type { FlowTrial } from './flow-trial.ts';

/** What a flow, or a recovery, does on the disks where none fails. */
export async function operationsOf(
  flow: () => Promise<unknown>,
): Promise<readonly DiskOperation[]> {
  const operations: DiskOperation[] = [];
  setFaultHook((operation) => void operations.push(operation));
  try {
    await flow();
  } finally {
    setFaultHook(undefined);
  }
  return operations;
}

export interface FaultOrder {
  readonly disk: Disk;
  readonly fault: DiskFault;
  /** Which of the operations there it is tried at. */
  readonly first: number;
  readonly every: number;
}

/** One failing disk for a flow that does these operations; answers how each ended. */
export async function tryFaults(
  trial: FlowTrial,
  operations: readonly DiskOperation[],
  order: FaultOrder,
): Promise<readonly ('old' | 'new')[]> {
  const ends: ('old' | 'new')[] = [];
  for (const k of pointsOf(trial, operations, order)) {
    trial.reset();
    const found = await runOnFaultyDisk(faultAt(trial, k, order), trial.run);
    if (found === undefined) return ends;
    ends.push(await settle(trial, found));
  }
  return ends;
}

/** The same for a recovery, from the disk that `start` makes. */
export async function tryFaultsInRecovery(
  trial: FlowTrial,
  start: () => Promise<string>,
  operations: readonly DiskOperation[],
  order: FaultOrder,
): Promise<readonly ('old' | 'new')[]> {
  const ends: ('old' | 'new')[] = [];
  for (const k of pointsOf(trial, operations, order)) {
    const before = await start();
    const found = await runOnFaultyDisk(faultAt(trial, k, order), trial.recover);
    if (found === undefined) return ends;
    ends.push(
      await settle(trial, { ...found, where: `${before}, in its recovery ${found.where}` }),
    );
  }
  return ends;
}

/** Counted first, so that nothing is run only to find that there are no more of them. */
function pointsOf(
  trial: FlowTrial,
  operations: readonly DiskOperation[],
  { disk, fault, first, every }: FaultOrder,
): readonly number[] {
  const count = operations.filter(
    (operation) => diskOf(trial, operation) === disk && couldFail(fault, operation),
  ).length;
  const all = Array.from({ length: count }, (_, n) => n + 1);
  return all.filter((k) => k >= first && (k - first) % every === 0);
}

function faultAt(trial: FlowTrial, k: number, { disk, fault }: FaultOrder) {
  return { fault, k, isOn: (operation: DiskOperation) => diskOf(trial, operation) === disk };
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
