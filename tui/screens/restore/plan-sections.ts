import type { RestorePlan } from '../../../protocol/domain/restore.ts';
import { texts } from '../../texts/texts.ts';
import { emptyLine } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { fieldState } from '../form-values.ts';
import { findJob } from '../jobs/find-job.ts';
import { jobProgressLines } from '../jobs/job-progress.ts';
import { noteLines, paragraph } from '../page-lines.ts';
import { guide } from './guide.ts';
import { answersOf, questionOf } from './plan-answers.ts';
import { planPage } from './plan-page.ts';

const words = texts.restore;

/** A plan: made, read, and answered. */
export function planSections(model: Model, id: number): readonly Section[] {
  const plan = planOf(model, id);
  if (plan !== undefined) return readySections(model, plan, id);
  return [
    guide(1, model.editorColumns),
    { kind: 'lines', lines: jobProgressLines(findJob(model, id), model, words.planning) },
    {
      kind: 'buttons',
      buttons: [{ id: 'plan.back', label: words.back, action: { command: 'restore.up' } }],
    },
  ];
}

/** The plan that a job has made; undefined: none, or not yet. */
export function planOf(model: Model, id: number): RestorePlan | undefined {
  const state = findJob(model, id)?.state;
  return state?.kind === 'done' && state.result.kind === 'plan' ? state.result.plan : undefined;
}

function readySections(model: Model, plan: RestorePlan, job: number): readonly Section[] {
  const question = questionOf(plan);
  const isRefused = plan.obstacles.length > 0;
  const isConfirmed = !isRefused && (question === undefined || model.ui.overlay?.kind === 'dialog');
  const asked =
    question === undefined || isRefused
      ? []
      : paragraph(question, model.editorColumns - 2, 'strong').map((one) => [
          { text: ' ', tone: 'plain' } as const,
          ...one,
        ]);
  return [
    guide(isConfirmed ? 3 : 2, model.editorColumns),
    { kind: 'page', id: 'plan.page', min: 5, lines: (width) => planPage(plan, model, width) },
    { kind: 'lines', lines: [emptyLine], drop: 3 },
    { kind: 'lines', lines: asked },
    { kind: 'buttons', buttons: answersOf(plan, job) },
  ];
}

/** The folder into which a backup, or the part of it that the plan is about, is to be unpacked. */
export function folderSections(model: Model, job: number): readonly Section[] {
  const unpack = { command: 'restore.unpack', args: { job } };
  return [
    guide(2, model.editorColumns),
    {
      kind: 'field',
      id: 'restore.folder',
      label: words.folder,
      value: fieldState(model, 'restore.folder'),
      placeholder: words.folderPlaceholder,
      submit: unpack,
    },
    {
      kind: 'lines',
      lines: [emptyLine, ...noteLines(words.folderNote, model.editorColumns), emptyLine],
    },
    {
      kind: 'buttons',
      buttons: [
        {
          id: 'folder.back',
          label: words.back,
          action: { command: 'restore.reopen', args: { job } },
        },
        { id: 'folder.go', label: words.planIt, action: unpack },
      ],
    },
  ];
}
