import type { ComingRun, Run } from '../../../protocol/domain/schedule.ts';
import { scheduleReportTexts as words } from '../../texts/texts.ts';
import { formatMoment } from '../../texts/time.ts';
import { table } from '../table.ts';

/** The next runs, one a line, with why one is not at the plain time of its rule. */
export function comingLines(
  preview: {
    readonly nextMs?: readonly number[];
    readonly runs?: readonly ComingRun[] | undefined;
  },
  zone: string,
): readonly string[] {
  const { runs, nextMs = [] } = preview;
  if (runs === undefined) return nextMs.map((ms) => `  ${formatMoment(ms)}`);
  return runs.map(({ atMs, kind, note }) => {
    const why = note === undefined ? '' : `  (${note})`;
    return `  ${formatMoment(atMs)}  ${elsewhere(atMs, zone)}${kind}${why}`;
  });
}

/** What the clock of the schedule's zone shows then, where it is another than here. */
function elsewhere(atMs: number, zone: string): string {
  const clock = (timeZone?: string): string =>
    new Intl.DateTimeFormat('sv-SE', { timeZone, timeStyle: 'short' }).format(atMs);
  return clock(zone) === clock() ? '' : `(${clock(zone)} ${zone})  `;
}

export function noteLines(notes: readonly string[] | undefined): readonly string[] {
  return (notes ?? []).map((note) => `! ${note}`);
}

/** Runs that were, newest first. */
export function pastLines(runs: readonly Run[]): readonly string[] {
  if (runs.length === 0) return [`  ${words.noRuns}`];
  const columns = words.runColumns.map((title) => ({ title }));
  return table(
    columns,
    runs.map((run) => [
      formatMoment(run.atMs),
      run.kind ?? '',
      outcomeOf(run),
      run.job === undefined ? '-' : String(run.job),
      run.note ?? '',
    ]),
  ).map((line) => `  ${line}`);
}

/** "failed after 4 tries", "waiting, tried again at 02:15". */
export function outcomeOf({ outcome, tries = 1, retryMs }: Run): string {
  if (retryMs !== undefined) return words.retry(outcome, formatMoment(retryMs));
  return outcome === 'failed' && tries > 1 ? words.tries(outcome, tries) : outcome;
}
