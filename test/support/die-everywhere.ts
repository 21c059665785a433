import { expect } from 'vitest';
import { type DiskOperation, setFaultHook } from '../../agent/os/faults.ts';
import type { RestorePlan, RestoreResult } from '../../protocol/domain/restore.ts';
import { crashAt } from './crash-at.ts';
import type { FakeServices } from './fake-service-control.ts';

/** An application that is restored in tests. */
interface Restored<W extends { readonly job: number }> {
  readonly services: FakeServices;
  work(): W;
  restore(plan: RestorePlan, work?: W): Promise<RestoreResult>;
  undo(id: string, work?: W): Promise<RestoreResult>;
}

export interface Trial<W extends { readonly job: number }> {
  readonly app: Restored<W>;
  readonly plan: RestorePlan;
  /** Recovers as the next Kedge does, and looks: back, or through; clients get in, nothing half made is left. */
  settled(where: string, job: number): Promise<'old' | 'new'>;
}

/**
 * Where to die: from the first operation of a kind on, at every one but those that only fill the scratch of the job, of
 * which one of a kind is enough.
 */
export async function operationsOf(
  work: () => Promise<unknown>,
  from?: string,
): Promise<readonly number[]> {
  const operations: DiskOperation[] = [];
  setFaultHook((operation) => operations.push(operation));
  await work().finally(() => setFaultHook(undefined));
  const inScratch = new Set<string>();
  const first = from === undefined ? 0 : operations.findIndex(({ name }) => name === from);
  return operations.flatMap(({ name, path }, n) => {
    // What dies there has written, and finds the same as what dies at the next one.
    if (n < first || name === 'fsync') return [];
    const isAgain = path.includes('/scratch-') && inScratch.has(name);
    if (path.includes('/scratch-')) inScratch.add(name);
    return isAgain ? [] : [n + 1];
  });
}

/** Dies at the k-th operation, then recovers. */
export async function dieAt<W extends { readonly job: number }>(
  { app, settled }: Trial<W>,
  k: number,
  work: (order: W) => Promise<unknown>,
): Promise<{ readonly end: 'old' | 'new'; readonly job: number }> {
  const order = app.work();
  {
    using point = crashAt(k);
    app.services.before = point.refuse;
    await work(order).catch(() => undefined);
    expect(point.crashed, `operation ${k}`).toBe(true);
  }
  app.services.before = () => undefined;
  return { end: await settled(`operation ${k}`, order.job), job: order.job };
}

/** A restore, then an undo, die at each of their operations; answers how often the old and the new was there then. */
export async function dieEverywhere<W extends { readonly job: number }>(
  trial: Trial<W>,
  from?: string,
): Promise<{ readonly old: number; readonly new: number }> {
  const { app, plan } = trial;
  const ends = { old: 0, new: 0 };
  let undo = '';
  const restoring = await operationsOf(async () => {
    undo = (await app.restore(plan)).undo ?? '';
  }, from);
  const undoing = await operationsOf(async () => await app.undo(undo));
  for (const k of restoring) {
    const { end, job } = await dieAt(trial, k, async (work) => await app.restore(plan, work));
    ends[end] += 1;
    if (end === 'new') await app.undo(`undo-${job}`);
  }
  undo = (await app.restore(plan)).undo ?? '';
  for (const k of undoing) {
    const { end, job } = await dieAt(trial, k, async (work) => await app.undo(undo, work));
    ends[end] += 1;
    if (end === 'old') undo = (await app.undo(`undo-${job}`)).undo ?? '';
  }
  return ends;
}
