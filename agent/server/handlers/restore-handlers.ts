import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { restorePlan, restoreRun, undoList, undoRun } from '../../../protocol/methods/restore.ts';
import type { Daemon } from '../daemon.ts';
import { handle } from './handler.ts';

export const restoreHandlers = [
  handle(restorePlan, async (daemon, { backup: reference, secrets }) => {
    const backup = await daemon.backups.resolve(reference, secrets);
    const shown = reference.kind === 'path' ? `'${reference.path}'` : backup.id.slice(0, 8);
    const asked = {
      kind: 'plan',
      title: `plan of restoring ${basename(backup.path)}`,
      command: `kedge restore plan ${shown}`,
      origin: 'manual',
      order: { kind: 'plan', planId: randomUUID(), backup },
    } as const;
    const job = daemon.jobs.submit(asked, { secrets });
    return { job: job.id };
  }),
  handle(restoreRun, async (daemon, { plan: id, confirmation, secrets }) => {
    const plan = daemon.state.plan(id);
    if (plan === undefined) throw new KedgeError('not-found', { what: 'plan', id, list: 'job' });
    checkConfirmation(daemon, confirmation);
    const [obstacle] = plan.obstacles;
    if (obstacle !== undefined) throw new KedgeError('restore-refused', { why: obstacle });
    const asked = {
      kind: 'restore',
      title: `restore of ${basename(plan.backup.path)}`,
      command: `kedge restore run ${plan.backup.id.slice(0, 8)}`,
      origin: 'manual',
      order: { kind: 'restore', plan, confirmation, undoId: randomUUID() },
    } as const;
    const job = daemon.jobs.submit(asked, { secrets });
    return { job: job.id };
  }),
  handle(undoList, async (daemon) => ({ undos: await daemon.undos() })),
  handle(undoRun, async (daemon, { undo: id, confirmation }) => {
    const undo = (await daemon.undos()).find((candidate) => candidate.id.startsWith(id));
    if (undo === undefined) throw new KedgeError('not-found', { what: 'undo', id, list: 'undo' });
    if (undo.state !== 'ready') throw new KedgeError('undo-gone', { undo: id, why: undo.state });
    if (undo.expiresAtMs <= daemon.now())
      throw new KedgeError('undo-gone', { undo: id, why: 'it has expired' });
    checkConfirmation(daemon, confirmation);
    const job = daemon.jobs.submit({
      kind: 'undo',
      title: `undo of ${undo.title}`,
      command: `kedge undo run ${undo.id.slice(0, 8)}`,
      origin: 'manual',
      order: { kind: 'undo', undo: undo.id, newUndoId: randomUUID() },
    });
    return { job: job.id };
  }),
];

function checkConfirmation(daemon: Daemon, typed: string): void {
  const expected = daemon.config().application.name;
  if (typed !== expected) throw new KedgeError('confirmation-wrong', { typed, expected });
}
