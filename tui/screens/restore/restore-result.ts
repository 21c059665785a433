import { isFinished, type Job } from '../../../protocol/domain/job.ts';
import type { RestoreResult } from '../../../protocol/domain/restore.ts';
import { newestAbout, recoveryOf } from '../../store/lost-recoveries.ts';
import { recoveryTexts, texts } from '../../texts/texts.ts';
import { emptyLine } from '../../widgets/line.ts';
import type { Button, Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { findJob } from '../jobs/find-job.ts';
import { jobProgressLines } from '../jobs/job-progress.ts';
import { jobLogList } from '../jobs/live-log.ts';
import { noteLines } from '../page-lines.ts';
import { cutOffRestore } from './cut-off-restore.ts';
import { guide } from './guide.ts';
import { resultPage, statementsIn } from './result-page.ts';

const words = texts.restore;
const back: Button = { id: 'result.back', label: words.back, action: { command: 'back' } };

/** A restore, an undo or a recovery at work, and what came of it, with the way back. */
export function resultSections(model: Model, asked: number): readonly Section[] {
  const found = findJob(model, asked);
  // Its server came back meanwhile, or somebody gave it up elsewhere.
  const job = found && newestAbout(found, model.state.snapshot?.jobs ?? []);
  if (job?.state.kind === 'done' && job.state.result.kind === 'restore')
    return doneSections(model, job.title, job.state.result.restore);
  return job !== undefined && isFinished(job)
    ? failedSections(model, job)
    : atWorkSections(model, job, job?.id ?? asked);
}

function atWorkSections(model: Model, job: Job | undefined, id: number): readonly Section[] {
  return [
    guide(4, model.editorColumns),
    { kind: 'lines', lines: jobProgressLines(job, model, atWorkWords(job)) },
    {
      kind: 'lines',
      lines: job === undefined ? [] : noteLines(job.title, model.editorColumns),
      drop: 3,
    },
    { kind: 'lines', lines: noteLines(words.safe, model.editorColumns), drop: 2 },
    { kind: 'buttons', buttons: [back, ...cancelButton(job)] },
    { kind: 'lines', lines: [emptyLine], drop: 1 },
    jobLogList(model, id, 'job.log'),
  ];
}

function atWorkWords(job: Job | undefined): string {
  if (job?.kind === 'undo') return words.undoing;
  return job?.kind === 'recovery' ? words.recovering : words.running;
}

/** Between the first exchange and the end there is none: the lines above it say so. */
function cancelButton(job: Job | undefined): readonly Button[] {
  if (job === undefined) return [];
  if (job.state.kind === 'running' && !job.state.progress.cancellable) return [];
  const action = { command: 'job.cancel', args: { job: job.id } };
  return [{ id: 'result.cancel', label: words.cancel, action }];
}

function failedSections(model: Model, job: Job): readonly Section[] {
  return [
    guide(5, model.editorColumns),
    { kind: 'lines', lines: jobProgressLines(job, model, job.title) },
    { kind: 'lines', lines: recoveryNote(job, model) },
    {
      kind: 'buttons',
      buttons: [back, ...recoveryButton(job, model), ...giveUpButton(job), ...logButton(job)],
    },
    { kind: 'lines', lines: [emptyLine], drop: 1 },
    jobLogList(model, job.id, 'job.log'),
  ];
}

/** The recovery of what was cut off here, or of what was cut off since. */
function laterRecovery(job: Job, { state }: Model): Job | undefined {
  const cutOff = state.snapshot && cutOffRestore(state.snapshot);
  return cutOff !== undefined && cutOff.job.id > job.id ? cutOff.job : undefined;
}

function recoveryNote(job: Job, model: Model) {
  const later = laterRecovery(job, model);
  if (later === undefined || job.kind === 'recovery') return [];
  return [...noteLines(words.isRecovered(later.id), model.editorColumns), emptyLine];
}

function recoveryButton(job: Job, model: Model): readonly Button[] {
  const later = laterRecovery(job, model);
  if (later === undefined) return [];
  return [
    { id: 'result.recovery', label: words.toRecovery, action: { command: 'restore.recovery' } },
  ];
}

/** Below stands what was told since the window opened. */
function logButton({ id }: Job): readonly Button[] {
  const action = { command: 'jobs.show', args: { job: id } };
  return [{ id: 'result.log', label: words.showLog, action }];
}

function giveUpButton(job: Job): readonly Button[] {
  const recovery = recoveryOf(job);
  if (recovery === undefined) return [];
  const action = { command: 'restore.give-up', args: { recovery } };
  return [{ id: 'result.give-up', label: recoveryTexts.giveUpButton, action }];
}

function doneSections(model: Model, title: string, result: RestoreResult): readonly Section[] {
  const undo = model.state.snapshot?.undos.find((one) => one.id === result.undo);
  const undoButton: Button = {
    id: 'result.undo',
    label: words.undoThis,
    action: { command: 'undo.run', args: { undo: result.undo ?? '' } },
  };
  const text = statementsIn(result);
  const copyButton: Button = {
    id: 'result.copy',
    label: recoveryTexts.copySql,
    action: { command: 'copy', args: { text } },
  };
  return [
    guide(5, model.editorColumns),
    {
      kind: 'page',
      id: 'result.page',
      min: 4,
      lines: (width) => resultPage(title, result, model, width),
    },
    { kind: 'lines', lines: [emptyLine], drop: 1 },
    {
      kind: 'buttons',
      buttons: [
        back,
        ...(undo?.state === 'ready' ? [undoButton] : []),
        ...(text === '' ? [] : [copyButton]),
      ],
    },
  ];
}
