import { KedgeError } from '../../protocol/failures.ts';
import { restorePlan } from '../../protocol/methods/restore.ts';
import type { Call } from '../client/client.ts';
import type { Command } from '../commands/command.ts';

/** Jobs that only read; all else that a method changes is refused in read-only mode. */
const harmless: ReadonlySet<string> = new Set([restorePlan.name, 'backup.diff']);

/** Calls that change nothing while the window is read-only, wherever they come from. */
export function guardedCall(call: Call, readOnly: () => boolean): Call {
  return async (method, params, signal) => {
    if (readOnly() && method.mutating && !harmless.has(method.name))
      throw new KedgeError('read-only', {});
    return await call(method, params, signal);
  };
}

/** What it does is refused in read-only mode. */
export function changesSomething({ reads }: Command): boolean {
  return reads !== true;
}

/** Commands of the screens that lead to one of the product which changes something. */
export const changingCommands: ReadonlySet<string> = new Set([
  'backups.consolidate',
  'backups.copy-to',
  'backups.delete',
  'backups.drill',
  'backups.extract',
  'backups.move-to',
  'backups.pin',
  'backups.verify',
  'destinations.erase',
  'destinations.take-offer',
  'jobs.cancel',
  'jobs.retry',
  'kedge.init',
  'kedge.start',
  'problems.acknowledge',
  'restore.unpack',
  'schedules.pause',
  'schedules.remove',
  'schedules.run',
  'schedules.save',
  'schedules.skip',
  'services.answer-reset',
  'services.reset-one',
  'services.restart',
  'services.start',
  'services.stop',
  'undos.pin',
  'undos.remove',
  'undos.run',
]);

export function leadsToChange(id: string): boolean {
  return changingCommands.has(id) || id.startsWith('demo.');
}

/** Forms and plans that lead nowhere while no Kedge answers. */
const askingCommands: ReadonlySet<string> = new Set([
  'back-up.form',
  'overview.jump-back',
  'overview.reset',
  'services.reset-plan',
]);

/** What there is for a machine where no Kedge runs. */
const withoutKedge: ReadonlySet<string> = new Set([
  'connection.choose',
  'kedge.demo',
  'kedge.init',
  'kedge.start',
]);

/** It gets a Kedge going, or leads to another one. */
export function isWithoutKedge(id: string): boolean {
  return withoutKedge.has(id);
}

export function wantsKedge(id: string): boolean {
  return askingCommands.has(id) || (leadsToChange(id) && !withoutKedge.has(id));
}
