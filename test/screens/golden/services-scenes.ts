import type { ResetStep } from '../../../protocol/domain/service.ts';
import { serviceFollowLog, serviceResetPlan } from '../../../protocol/methods/service.ts';
import { cannedJob, cannedNowMs } from '../../support/canned-snapshot.ts';
import type { FakeKedge } from '../../support/fake-kedge.ts';
import { troubled } from './overview-scenes.ts';
import { key, type Scene } from './scene.ts';

const step = (
  action: ResetStep['action'],
  service: string,
  state: ResetStep['state'] = 'waiting',
  changes: Partial<ResetStep> = {},
): ResetStep => ({ service, action, state, detail: '', ...changes });

const planned = [
  step('stop', 'agent'),
  step('stop', 'host'),
  step('start', 'host'),
  step('start', 'agent'),
];

function withPlan(fake: FakeKedge): void {
  fake.answer(serviceResetPlan, () => ({
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
  }));
}

export const servicesScenes: readonly Scene[] = [
  { name: 'all healthy', steps: [['All is well', '5'], ['listens on 8080']] },
  {
    name: 'ill and flapping',
    kedge: troubled,
    steps: [['Kedge ok', '5'], ['listens on 8080']],
  },
  {
    name: 'no services',
    kedge: (fake) => {
      fake.snapshot = { ...fake.snapshot, services: [] };
    },
    steps: [['Kedge ok', '5']],
  },
  {
    name: 'log of a service',
    kedge: (fake) =>
      fake.answer(serviceFollowLog, ({ cursor }, signal) =>
        cursor === undefined
          ? {
              lines: Array.from({ length: 50 }, (_, n) => `request ${n} took ${n} ms`).concat(
                'ERROR database is locked',
              ),
              cursor: '1',
              gap: false,
            }
          : new Promise((resolve) => {
              const silent = () => resolve({ lines: [], cursor, gap: false });
              const timer = setTimeout(silent, 15_000).unref();
              signal.addEventListener('abort', () => [clearTimeout(timer), silent()]);
            }),
      ),
    steps: [['All is well', '5'], ['Reset all...', key.enter], ['database is locked']],
  },
  { name: 'reset, the plan', kedge: withPlan, steps: [['All is well', '5', 'R'], ['1. to do']] },
  {
    name: 'reset at work, with a question',
    kedge: withPlan,
    steps: [['All is well', '5', 'R'], ['1. to do']],
    after: (screen, fake) => {
      fake.notify({
        topic: 'job',
        job: cannedJob({
          id: 26,
          kind: 'reset',
          title: 'Reset all services',
          resetSteps: [
            step('stop', 'agent', 'done', { ms: 2_000, detail: 'down' }),
            step('stop', 'host', 'running'),
            ...planned.slice(2),
          ],
          resetQuestion: {
            id: 1,
            service: 'host',
            seconds: 30,
            pid: 4711,
            askedAtMs: cannedNowMs - 5_000,
            untilMs: cannedNowMs + 115_000,
            answers: ['wait', 'kill', 'abort'],
          },
        }),
      });
      screen.running.bench.updateUi((ui) => ({
        ...ui,
        pages: { ...ui.pages, services: { kind: 'reset', job: 26 } },
      }));
    },
    shows: 'down',
  },
  {
    name: 'reset, degraded',
    steps: [['All is well', '5'], ['Reset all...']],
    after: (screen, fake) => {
      fake.notify({
        topic: 'job',
        job: cannedJob({
          id: 26,
          kind: 'reset',
          title: 'Reset all services',
          finishedAtMs: cannedNowMs - 1_000,
          state: {
            kind: 'done',
            result: {
              kind: 'reset',
              reset: {
                outcome: 'degraded',
                steps: [
                  step('stop', 'agent', 'done', { ms: 2_000, detail: 'down' }),
                  step('stop', 'host', 'done', { ms: 900, detail: 'down' }),
                  step('start', 'host', 'done', { ms: 4_100, detail: 'healthy, GET /health 200' }),
                  step('start', 'agent', 'failed', { detail: 'exit 3: cannot open database' }),
                ],
                retried: [],
                notes: ['agent had been started too often; that was cleared'],
              },
            },
          },
        }),
      });
      screen.running.bench.updateUi((ui) => ({
        ...ui,
        pages: { ...ui.pages, services: { kind: 'reset', job: 26 } },
      }));
    },
    shows: /cannot open database/,
  },
];
