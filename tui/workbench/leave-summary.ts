import { isFinished } from '../../protocol/domain/job.ts';
import type { State } from '../store/state.ts';
import { texts } from '../texts/texts.ts';

/** What goes on after the window is closed; printed where the shell shows again. */
export function leaveSummary({ snapshot, connection }: State): readonly string[] {
  const working = snapshot?.jobs.filter((job) => !isFinished(job)).length ?? 0;
  const { quit } = texts.workbench;
  const home = connection.kind === 'open' ? snapshot?.demo?.home : undefined;
  return [
    ...(home === undefined ? [] : [quit.running(home)]),
    ...(working === 0 ? [] : [quit.jobs(working)]),
  ];
}
