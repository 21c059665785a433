import { isFinished, type Job } from '../../../protocol/domain/job.ts';
import type { ResetStep } from '../../../protocol/domain/service.ts';
import type { Page, ResetPlan } from '../../store/ui-state.ts';
import { formats } from '../../texts/formats.ts';
import { longestWord } from '../../texts/longest-word.ts';
import { texts, resetTexts as words } from '../../texts/texts.ts';
import { formatDuration } from '../../texts/time.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { Tone } from '../../theme/theme.ts';
import { fitText } from '../../widgets/cells.ts';
import { emptyLine, type Line, line, span } from '../../widgets/line.ts';
import type { Section } from '../../widgets/section.ts';
import type { Model } from '../bench.ts';
import { findJob } from '../jobs/find-job.ts';
import { paragraph } from '../page-lines.ts';
import { resetButtons } from './reset-buttons.ts';
import { outcomeLines } from './reset-outcome.ts';
import { planNotes } from './reset-plan-notes.ts';
import { questionButtons, questionLines } from './reset-question.ts';
import { resetSteps, stepElapsedMs } from './reset-steps.ts';

export type ResetPageState = Extract<Page, { kind: 'reset' }>;

/** What a reset would do, then the same steps ticking off with what it asks, then what came of it. */
export function resetPage(model: Model, page: ResetPageState): readonly Section[] {
  const job = page.job === undefined ? undefined : findJob(model, page.job);
  const loaded = model.ui.data.resetPlan;
  const plan = loaded?.kind === 'ready' ? loaded.value : undefined;
  const cells = model.editorColumns - 4;
  const steps = resetSteps(plan?.steps ?? [], job);
  const question = job?.resetQuestion;
  const working = job !== undefined && !isFinished(job);
  return [
    { kind: 'lines', lines: [line(` ${titleOf(page)}`, 'heading')] },
    { kind: 'lines', lines: headLines(model, page, job, plan), drop: 3 },
    {
      kind: 'page',
      id: 'reset.steps',
      min: 4,
      lines: () => [
        ...stepLines(steps, job, model),
        ...(job === undefined && plan !== undefined
          ? [emptyLine, ...planNotes(plan, model, cells)]
          : []),
      ],
    },
    ...(question === undefined
      ? [{ kind: 'lines' as const, lines: outcomeLines(job, cells) }]
      : [{ kind: 'lines' as const, lines: questionLines(question, model, cells) }]),
    {
      kind: 'buttons',
      buttons:
        working && question !== undefined
          ? questionButtons(job, question)
          : resetButtons(page, job, plan),
    },
  ];
}

function titleOf({ services, sick }: ResetPageState): string {
  if (sick === true) return words.sick;
  return services === undefined ? words.all : words.some(services.join(formats().comma));
}

function headLines(
  model: Model,
  page: ResetPageState,
  job: Job | undefined,
  plan: ResetPlan | undefined,
): readonly Line[] {
  const cells = model.editorColumns - 4;
  const loaded = model.ui.data.resetPlan;
  const say = (text: string, tone: Tone): readonly Line[] =>
    paragraph(text, cells, tone).map((one): Line => [span(' '), ...one]);
  if (job !== undefined) {
    if (isFinished(job)) return [];
    const passed = Math.max(0, model.nowMs - (job.startedAtMs ?? model.nowMs)) / 1000;
    const of = plan?.estimatedMs === undefined ? undefined : duration(plan.estimatedMs);
    return say(words.running(formatDuration(Math.round(passed)), of), 'accent');
  }
  if (page.job !== undefined) return [];
  if (loaded?.kind === 'failed') {
    const { message, hint } = wordFailure(loaded.failure);
    return [...say(message, 'error'), ...(hint === undefined ? [] : say(hint, 'plain'))];
  }
  if (plan === undefined) return say(texts.workbench.loading, 'muted');
  return [...say(`${words.explain} ${words.nothingYet}`, 'muted'), emptyLine];
}

/** In a low window those that are done make room for the one at work. */
function stepLines(
  steps: readonly ResetStep[],
  job: Job | undefined,
  model: Model,
): readonly Line[] {
  const at = steps.findIndex(({ state }) => state === 'running');
  const hidden = Math.max(0, Math.min(at - 1, steps.length - Math.max(3, model.rows - 12)));
  const elapsedMs = job === undefined ? 0 : stepElapsedMs(steps, job, model.nowMs);
  const lines = steps.map((step, index) => stepLine(step, index, elapsedMs, model));
  const above = hidden === 0 ? [] : [line(words.doneAbove(hidden), 'muted')];
  return [...above, ...lines.slice(hidden)];
}

const tones: Readonly<Record<ResetStep['state'], Tone>> = {
  waiting: 'muted',
  running: 'accent',
  done: 'ok',
  skipped: 'muted',
  failed: 'error',
};

function stepLine(step: ResetStep, index: number, elapsedMs: number, { glyphs }: Model): Line {
  const ms = step.state === 'running' ? Math.floor(elapsedMs / 1000) * 1000 : step.ms;
  const took = ms === undefined ? '' : duration(ms);
  const actions = texts.states.resetActions;
  return [
    span(`  ${String(index + 1).padStart(2)}. `, 'muted'),
    span(fitText(words.marks[step.state], 9, ''), tones[step.state]),
    span(fitText(actions[step.action], longestWord(actions, 7) + 1, ''), 'plain'),
    span(fitText(step.service, 14, glyphs.ellipsis), 'strong'),
    span(took.padStart(8), 'plain'),
    span(`  ${step.detail}`, 'muted'),
  ];
}

function duration(ms: number): string {
  return formatDuration(ms / 1000);
}
