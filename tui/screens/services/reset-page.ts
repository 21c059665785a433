import type { Job } from '../../../protocol/domain/job.ts';
import type { ResetStep } from '../../../protocol/domain/service.ts';
import { wordFailure } from '../../../protocol/failures.ts';
import { texts } from '../../texts/texts.ts';
import { formatDuration } from '../../texts/time.ts';
import type { Tone } from '../../theme/theme.ts';
import { fitText } from '../../widgets/cells.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Button, Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { findJob } from '../jobs/find-job.ts';
import { paragraph } from '../page-lines.ts';
import { resetSteps } from './reset-steps.ts';

const words = texts.services.reset;

/** The order of a reset, then the same steps ticking off, then what came of it. */
export function resetPage(
  model: Model,
  page: { readonly services?: readonly string[]; readonly job?: number },
): readonly Section[] {
  const job = page.job === undefined ? undefined : findJob(model, page.job);
  const plan = model.ui.data.resetPlan;
  const planned = plan?.kind === 'ready' ? plan.value.steps : [];
  const retry = plan?.kind === 'ready' ? plan.value.retry : undefined;
  const cells = model.editorColumns - 4;
  const steps = resetSteps(planned, job);
  const title = page.services === undefined ? words.all : words.some(page.services.join(', '));
  const lines = [
    line(` ${title}`, 'heading'),
    ...paragraph(words.explain, cells, 'muted').map((one): Line => [span(' '), ...one]),
    emptyLine,
    ...(plan?.kind === 'failed'
      ? paragraph(` ${wordFailure(plan.failure).message}`, cells, 'error')
      : []),
    ...(plan?.kind === 'loading' ? [line(` ${texts.workbench.loading}`, 'muted')] : []),
    ...steps.map((step, index) => stepLine(step, index)),
  ];
  return [
    { kind: 'lines', lines },
    { kind: 'lines', lines: outcomeLines(job, cells) },
    { kind: 'lines', lines: [emptyLine] },
    { kind: 'buttons', buttons: resetButtons(page, job, retry) },
  ];
}

const marks: Readonly<Record<ResetStep['state'], { readonly word: string; readonly tone: Tone }>> =
  {
    waiting: { word: words.marks.waiting, tone: 'muted' },
    running: { word: words.marks.running, tone: 'accent' },
    done: { word: words.marks.done, tone: 'ok' },
    skipped: { word: words.marks.skipped, tone: 'muted' },
    failed: { word: words.marks.failed, tone: 'error' },
  };

function stepLine(step: ResetStep, index: number): Line {
  const { word, tone } = marks[step.state];
  const took = step.ms === undefined ? '' : `  ${formatDuration(step.ms / 1000)}`;
  return [
    span(`  ${String(index + 1).padStart(2)}. `, 'muted'),
    span(fitText(word, 9, ''), tone),
    span(`${step.action} `, 'plain'),
    span(fitText(step.service, 12, '~'), 'strong'),
    span(`${step.detail}${took}`, 'muted'),
  ];
}

function outcomeLines(job: Job | undefined, cells: number): readonly Line[] {
  if (job?.state.kind === 'failed') {
    const { message, hint } = wordFailure(job.state.failure);
    const rows = paragraph(hint === undefined ? message : `${message}. ${hint}`, cells, 'error');
    return [emptyLine, ...rows.map((one): Line => [span('  '), ...one])];
  }
  if (job?.state.kind !== 'done' || job.state.result.kind !== 'reset') return [];
  const { outcome, retried } = job.state.result.reset;
  const good = outcome === 'done';
  return [
    emptyLine,
    line(`  ${words.outcomes[outcome]}`, good ? 'ok' : 'error'),
    ...(retried.length === 0 ? [] : [line(`  ${words.retried(retried.join(', '))}`)]),
  ];
}

function resetButtons(
  page: { readonly services?: readonly string[] },
  job: Job | undefined,
  retry: { readonly job: number; readonly title: string } | undefined,
): readonly Button[] {
  const args = page.services === undefined ? {} : { service: page.services };
  const back: Button = { id: 'reset.back', label: words.back, action: { command: 'back' } };
  const again = {
    id: 'reset.run',
    label: page.services === undefined ? words.runAll : words.runSome,
    action: { command: 'service.reset', args },
  };
  if (job !== undefined && job.state.kind !== 'done' && job.state.kind !== 'failed') return [back];
  if (job !== undefined) return [back, { ...again, label: words.again }];
  if (retry === undefined) return [back, again];
  const withRetry: Button = {
    id: 'reset.retry',
    label: words.runRetry(retry.title),
    action: { command: 'service.reset', args: { ...args, retry: true } },
  };
  return [back, again, withRetry];
}
