import { isFinished } from '../../protocol/domain/job.ts';
import type { State } from '../store/state.ts';
import { texts } from '../texts/texts.ts';

/** What goes on after the window is closed; printed where the shell shows again. */
export function leaveSummary({ snapshot }: State): readonly string[] {
  const working = snapshot?.jobs.filter((job) => !isFinished(job)).length ?? 0;
  return working === 0 ? [] : [texts.workbench.quit.jobs(working)];
}
