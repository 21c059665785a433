import type { Command, CommandOutcome } from '../commands/command.ts';
import type { Bench } from '../screens/bench.ts';
import { spoken } from '../texts/spoken.ts';
import { texts } from '../texts/texts.ts';
import { cellWidth } from '../widgets/cells.ts';
import { besideMessage } from './watch-jobs.ts';

/** Commands whose answer is the lines; of the others the first says that it is done. */
const printing: ReadonlySet<string> = new Set([
  'backup.browse',
  'backup.rows',
  'config.check',
  'alarm.list',
  'alarm.test',
  'recovery.list',
  'service.clients',
  'undo.remove',
  'who',
]);

/** Of these also a single line says nothing without the question. */
const answering: ReadonlySet<string> = new Set(['service.clients']);

export function tell(bench: Bench, command: Command, outcome: CommandOutcome): void {
  if (outcome.kind === 'job') {
    bench.notify('ok', texts.workbench.jobStarted(outcome.job));
    return;
  }
  const printed = printedBy(command, outcome);
  if (printed.length === 0) bench.notify('ok', outcome.lines[0] ?? texts.workbench.done);
  else askToRead(bench, spoken(command.title), printed);
}

export interface CameOfAll {
  readonly count: number;
  /** Why, of each that was. */
  readonly refused: readonly string[];
  /** What there is to read, of all of them. */
  readonly printed: readonly string[];
}

/** Of several rows: what each has to read, and each reason for which some were refused. */
export function tellAll(bench: Bench, title: string, { count, refused, printed }: CameOfAll): void {
  const reasons = [...new Set(refused)];
  const last = reasons.at(-1);
  const failed = last === undefined ? '' : texts.lists.someFailed(refused.length, count, last);
  const fits = reasons.length < 2 && cellWidth(failed) < bench.model().columns - besideMessage;
  const said = fits ? [] : [texts.lists.refused(refused.length, count), ...reasons];
  // Each in a dialog of its own would cover the one before it.
  const lines = [...printed, ...said];
  if (lines.length > 0) askToRead(bench, title, lines);
  if (last === undefined) bench.notify('ok', texts.lists.allDone(count));
  else if (fits) bench.notify('error', failed);
}

/** Lines that are more than a word that it is done. */
export function printedBy({ id }: Command, outcome: CommandOutcome): readonly string[] {
  if (outcome.kind !== 'data' || !printing.has(id)) return [];
  return outcome.lines.length > (answering.has(id) ? 0 : 1) ? outcome.lines : [];
}

function askToRead(bench: Bench, title: string, body: readonly string[]): void {
  bench.ask({ title, body, tone: 'plain', buttons: [{ label: texts.workbench.close }] });
}
