import { isFinished } from '../../protocol/domain/job.ts';
import type { Bench } from '../screens/bench.ts';
import type { Action } from '../store/action.ts';
import { texts } from '../texts/texts.ts';
import { closeOverlay } from './commands/overlay-commands.ts';

/** Closes the question whether to cancel jobs once all of them are over; to be called when the state changed. */
export function closeOutlivedQuestion(bench: Bench): void {
  const { overlay } = bench.model().ui;
  if (overlay?.kind !== 'dialog') return;
  const asked = overlay.buttons.flatMap(({ action }) => jobsToCancel(action));
  const jobs = bench.session.store.get().snapshot?.jobs ?? [];
  const over = new Set(jobs.filter(isFinished).map(({ id }) => id));
  if (asked.length === 0 || !asked.every((job) => over.has(job))) return;
  closeOverlay(bench);
  bench.notify('muted', texts.jobs.cancelTooLate(asked.length));
}

function jobsToCancel(action: Action | undefined): readonly number[] {
  const { command, args } = action ?? {};
  if (command === 'job.cancel') return [Number(args?.['job'])];
  const actions: unknown = command === 'list.run-all' ? args?.['actions'] : undefined;
  return Array.isArray(actions) ? actions.flatMap(jobsToCancel) : [];
}
