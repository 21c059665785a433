import type { Job } from '../../protocol/domain/job.ts';
import type { ResetQuestion } from '../../protocol/domain/reset.ts';
import type { ResetReport, ResetStep } from '../../protocol/domain/service.ts';
import { serviceReset, serviceResetPlan } from '../../protocol/methods/service.ts';
import { cannedJob, cannedNowMs } from './canned-snapshot.ts';
import type { FakeKedge } from './fake-kedge.ts';
import { openTestWorkbench, type TestWorkbench } from './test-workbench.ts';

export const resetSizes = [
  [120, 40],
  [80, 24],
  [60, 15],
] as const;

export function resetStep(
  action: ResetStep['action'],
  service: string,
  state: ResetStep['state'] = 'waiting',
  changes: Partial<ResetStep> = {},
): ResetStep {
  return { service, action, state, detail: '', ...changes };
}

const planned = [
  resetStep('stop', 'agent'),
  resetStep('stop', 'host'),
  resetStep('start', 'host'),
  resetStep('start', 'agent'),
];
export const stepsHalfDone = [
  resetStep('stop', 'agent', 'done', { ms: 2000, detail: 'down' }),
  resetStep('stop', 'host', 'running'),
];

export function working(resetSteps: readonly ResetStep[], resetQuestion?: ResetQuestion): Job {
  const question = resetQuestion === undefined ? {} : { resetQuestion };
  return cannedJob({ id: 26, kind: 'reset', title: 'Reset', resetSteps, ...question });
}

export function over(reset: ResetReport): Job {
  return cannedJob({
    id: 26,
    kind: 'reset',
    title: 'Reset',
    finishedAtMs: cannedNowMs,
    state: { kind: 'done', result: { kind: 'reset', reset } },
  });
}

export function tell(fake: FakeKedge, job: Job): void {
  fake.notify({ topic: 'job', job });
}

export async function openPlan(
  fake: FakeKedge,
  columns: number,
  rows: number,
): Promise<TestWorkbench> {
  const screen = await openTestWorkbench(fake, { columns, rows });
  await screen.shows('All is well');
  screen.press('5');
  screen.press('R');
  await screen.shows('[ Cancel ]');
  await screen.shows('1. to do');
  return screen;
}

/** Canned answers; each question is noted. */
export function answerResets(fake: FakeKedge, note: (asked: unknown) => void): void {
  fake.answer(serviceResetPlan, (choice) => {
    note(choice);
    return {
      steps: planned,
      retry: { job: 12, title: 'Back up clinic' },
      problems: [
        {
          service: 'agent',
          weight: 'warns' as const,
          failure: { code: 'timed-out' as const, params: { what: 'the last stop', seconds: 30 } },
        },
      ],
      triggers: [{ service: 'host', unit: 'clinic.socket' }],
      clients: [{ service: 'database', program: 'report.py', pid: 99 }],
      estimatedMs: 21_000,
    };
  });
  fake.answer(serviceReset, (order) => {
    note(order);
    tell(fake, working([]));
    return { job: 26 };
  });
}
