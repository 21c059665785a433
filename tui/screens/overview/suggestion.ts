import { isFinished } from '../../../protocol/domain/job.ts';
import type { Service } from '../../../protocol/domain/service.ts';
import type { Snapshot } from '../../../protocol/domain/snapshot.ts';
import type { Action } from '../../store/action.ts';
import { texts } from '../../texts/texts.ts';
import { wordWhy } from '../../texts/word-why.ts';
import { type Line, span } from '../../widgets/line.ts';
import type { Model } from '../bench.ts';
import { labelled } from '../page-lines.ts';
import { type CutOff, cutOffRestore } from '../restore/cut-off-restore.ts';
import { illBeside } from './shut-outs.ts';
import type { Trouble } from './troubles.ts';

const words = texts.overview.suggestion;

/** Services that a reset cures, as far as one can tell. One that was stopped on purpose is none of them. */
export function sickServices({ services }: Snapshot): readonly Service[] {
  return services.filter(isSick);
}

function isSick({ health }: Service): boolean {
  return ['ill', 'failed', 'flapping'].includes(health);
}

/** What to do about sick services, with the one key that leads there; nothing while a reset is at work. */
export function suggestionLines(snapshot: Snapshot, model: Model, cells: number): readonly Line[] {
  const cutOff = cutOffRestore(snapshot);
  if (cutOff !== undefined) return recoveryLines(cutOff, cells);
  const { outs, ill } = illBeside(snapshot);
  return [
    ...outs.flatMap((trouble) => lockoutLines(trouble, cells)),
    ...resetLines(snapshot, ill.filter(isSick), model, cells),
  ];
}

/** Until it has ended services are not started, whoever asks. */
function recoveryLines({ job, waitsFor }: CutOff, cells: number): readonly Line[] {
  const text = waitsFor === undefined ? words.recovering(job.id) : words.waits(waitsFor);
  return linked(text, { command: 'restore.recovery' }, cells);
}

/** No reset cures it: what keeps them out must let them in. */
function lockoutLines({ hint, shutOut = '' }: Trouble, cells: number): readonly Line[] {
  if (hint === undefined) return [];
  return linked(hint, { command: 'service.let-in', args: { service: shutOut } }, cells);
}

function resetLines(
  snapshot: Snapshot,
  [first, ...more]: readonly Service[],
  model: Model,
  cells: number,
): readonly Line[] {
  if (first === undefined) return [];
  const resetting = snapshot.jobs.find((job) => job.kind === 'reset' && !isFinished(job));
  if (resetting !== undefined) return linked(words.atWork(resetting.id), reset(), cells);
  const why = `${first.id}: ${wordWhy(first, model.nowMs)}`;
  const names = [first, ...more].map(({ id }) => id).join(', ');
  return [
    ...labelled(words.why, why, cells, 'error'),
    ...linked(words.reset(names), reset(), cells),
  ];
}

function reset(): Action {
  return { command: 'overview.reset' };
}

function linked(text: string, action: Action, cells: number): readonly Line[] {
  return labelled(words.title, text, cells, 'accent').map(
    (one): Line => one.map((part) => span(part.text, part.tone, action)),
  );
}
