import { isFinished, type Job } from '../../../protocol/domain/job.ts';
import type { Page, ResetPlan } from '../../store/ui-state.ts';
import { resetTexts as words } from '../../texts/texts.ts';
import { wordFailure } from '../../texts/word-failure.ts';
import type { Button } from '../../widgets/section.ts';

type ResetPageState = Extract<Page, { kind: 'reset' }>;

/** The first one has the focus: it changes nothing. */
export function resetButtons(
  page: ResetPageState,
  job: Job | undefined,
  plan: ResetPlan | undefined,
): readonly Button[] {
  if (job === undefined && page.job === undefined) return planButtons(page, plan);
  const back: Button = { id: 'reset.back', label: words.back, action: { command: 'back' } };
  if (job === undefined) return [back];
  if (!isFinished(job)) {
    const stop = { command: 'job.cancel', args: { job: job.id } };
    return [back, { id: 'reset.stop', label: words.stop, action: stop }];
  }
  return [back, ...nextButtons(page, job, plan)];
}

function planButtons(page: ResetPageState, plan: ResetPlan | undefined): readonly Button[] {
  const cancel: Button = { id: 'reset.back', label: words.cancel, action: { command: 'back' } };
  if (plan === undefined) return [cancel];
  const refusal = plan.problems?.find(({ weight }) => weight === 'refuses');
  const nothing = plan.steps.length === 0 ? words.empty : undefined;
  const disabled = refusal === undefined ? nothing : wordFailure(refusal.failure).message;
  // What it does stands above: it is not asked for a second time.
  const args = { ...choiceOf(page), confirmed: true };
  const label = page.services === undefined && page.sick !== true ? words.runAll : words.runSome;
  const run: Button = {
    id: 'reset.run',
    label,
    action: { command: 'service.reset', args },
    disabled,
  };
  if (plan.retry === undefined) return [cancel, run];
  const withRetry: Button = {
    id: 'reset.retry',
    label: words.runRetry(plan.retry.title),
    action: { command: 'service.reset', args: { ...args, retry: true } },
    disabled,
  };
  return [cancel, run, withRetry];
}

/** After its end: the one that did not come up, the work that failed before, what was said. */
function nextButtons(
  page: ResetPageState,
  job: Job,
  plan: ResetPlan | undefined,
): readonly Button[] {
  const report =
    job.state.kind === 'done' && job.state.result.kind === 'reset'
      ? job.state.result.reset
      : undefined;
  const bad = report?.steps.find(({ state }) => state === 'failed')?.service;
  const log: Button =
    bad === undefined
      ? {
          id: 'reset.log',
          label: words.jobLog,
          action: { command: 'jobs.show', args: { job: job.id } },
        }
      : {
          id: 'reset.log',
          label: words.log,
          action: { command: 'services.log', args: { service: bad } },
        };
  return [...againButtons(page, report?.outcome, bad), ...retryButtons(plan, report), log];
}

function againButtons(
  page: ResetPageState,
  outcome: string | undefined,
  bad: string | undefined,
): readonly Button[] {
  if (outcome === 'done') return [];
  const degraded = (outcome === 'degraded' || outcome === 'failed') && bad !== undefined;
  const args = degraded ? { sick: true } : choiceArgs(page);
  return [
    {
      id: 'reset.again',
      label: degraded ? words.retryFrom(bad) : words.again,
      action: { command: 'services.reset-plan', args },
    },
  ];
}

function retryButtons(
  plan: ResetPlan | undefined,
  report: { readonly outcome: string; readonly retried: readonly number[] } | undefined,
): readonly Button[] {
  if (plan?.retry === undefined || report?.outcome !== 'done' || report.retried.length > 0)
    return [];
  const { job, title } = plan.retry;
  return [
    {
      id: 'reset.retry-job',
      label: words.retryJob(title),
      action: { command: 'job.retry', args: { job, confirmed: true } },
    },
  ];
}

/** As the product command calls them. */
function choiceOf({ services, sick }: ResetPageState) {
  return {
    ...(services === undefined ? {} : { service: services }),
    ...(sick === true ? { sick } : {}),
  };
}

function choiceArgs({ services, sick }: ResetPageState) {
  return {
    ...(services === undefined ? {} : { services }),
    ...(sick === true ? { sick } : {}),
  };
}
