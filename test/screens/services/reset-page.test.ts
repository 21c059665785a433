import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ResetQuestion } from '../../../protocol/domain/reset.ts';
import { jobRetry } from '../../../protocol/methods/job.ts';
import { serviceAnswerReset } from '../../../protocol/methods/service.ts';
import { answerEverything } from '../../support/answer-everything.ts';
import { cannedNowMs } from '../../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../../support/fake-kedge.ts';
import {
  answerResets,
  stepsHalfDone as half,
  openPlan,
  over,
  resetSizes as sizes,
  resetStep as step,
  tell,
  working,
} from '../../support/reset-screen.ts';
import { openTestWorkbench } from '../../support/test-workbench.ts';
import { until } from '../../support/until.ts';

let fake: FakeKedge;
let sent: unknown[];
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
  sent = [];
  answerResets(fake, (asked) => sent.push(asked));
});
afterEach(async () => await fake[Symbol.asyncDispose]());

test.each(sizes)(
  'at %ix%i the plan comes first, and Cancel has the focus',
  async (columns, rows) => {
    await using screen = await openPlan(fake, columns, rows);
    await screen.settled();
    if (columns > 60) {
      for (const words of [
        'Nothing has been stopped yet',
        'WARNING: the last stop did not finish within 30 s',
        'Loses its connection to database: report.py, process 99',
        'Stopped and started with them: clinic.socket',
        'Takes about 21 s.',
        'Failed before, can be tried again: Back up clinic (job 12).',
      ])
        expect(screen.text()).toContain(words);
    }
    expect(screen.text()).toMatch(/4\. to do +start +agent/);
    screen.press('\r');
    await screen.shows('Reset all...');
    expect(sent).toEqual([{}]);
  },
);

test.each(sizes)(
  'at %ix%i the steps tick off, a question is answered, and the end is told',
  async (columns, rows) => {
    await using screen = await openPlan(fake, columns, rows);
    screen.press('\t', '\r');
    await until(() => sent.length === 2);
    tell(fake, working(half));
    await screen.shows(/1\. done +stop +agent +2 s +down/);
    await screen.shows(/2\. now +stop +host +7 s/);
    await screen.shows(/4\. to do +start +agent/);
    const answers: unknown[] = [];
    fake.answer(serviceAnswerReset, ({ requestId: _, ...answer }) => {
      answers.push(answer);
      return {};
    });
    const question: ResetQuestion = {
      id: 3,
      service: 'host',
      seconds: 30,
      pid: 4711,
      askedAtMs: cannedNowMs,
      untilMs: cannedNowMs + 120_000,
      answers: ['wait', 'kill', 'abort'],
      confirmKill: 'host',
    };
    tell(fake, working(half, question));
    await screen.shows('host was asked to stop 30 s ago and still runs (process');
    await screen.shows('[ Wait 30 s more ]');
    await screen.settled();
    screen.press('\t', '\r');
    await screen.shows('Force host to end');
    screen.press(...'host', '\r');
    await until(() => answers.length === 1);
    expect(answers).toEqual([{ job: 26, question: 3, answer: 'kill', typed: 'host' }]);
    tell(
      fake,
      over({
        outcome: 'degraded',
        steps: [
          step('stop', 'agent', 'done', { ms: 2000 }),
          step('stop', 'host', 'done', { ms: 3000 }),
          step('start', 'database', 'done', { ms: 900 }),
          step('start', 'host', 'failed', { ms: 5000, detail: 'exit 3: disk full' }),
          step('start', 'agent', 'skipped', { detail: 'needs host' }),
        ],
        retried: [],
      }),
    );
    await screen.shows('DEGRADED: not every service became healthy.');
    await screen.shows('start host: exit 3: disk full');
    await screen.shows('Up and healthy: database.');
    await screen.shows('Not started, as they need what failed: agent.');
    await screen.shows('[ Retry from host ]');
    await screen.shows('[ Open log ]');
    await screen.settled();
  },
);

test('where a database waits for its clients they can be disconnected', async () => {
  await using screen = await openPlan(fake, 60, 15);
  screen.press('\t', '\r');
  await until(() => sent.length === 2);
  const answers: unknown[] = [];
  fake.answer(serviceAnswerReset, ({ answer }) => {
    answers.push(answer);
    return {};
  });
  tell(
    fake,
    working(half, {
      id: 4,
      service: 'host',
      seconds: 30,
      askedAtMs: cannedNowMs,
      untilMs: cannedNowMs + 120_000,
      answers: ['wait', 'disconnect', 'kill', 'abort'],
      clients: [{ service: 'host', program: 'report.py', pid: 99 }],
      confirmKill: 'host',
    }),
  );
  await screen.shows('[ Wait 30 s more ]');
  screen.press('\t');
  await screen.shows('[ Disconnect its clients ]');
  screen.press('\r');
  await until(() => answers.length === 1);
  expect(answers).toEqual(['disconnect']);
});

test('after a reset that helped, what failed before is tried again by one key', async () => {
  const retried: number[] = [];
  fake.answer(jobRetry, ({ job }) => {
    retried.push(job);
    return { job: 27 };
  });
  await using screen = await openPlan(fake, 80, 24);
  screen.press('\t', '\r');
  await until(() => sent.length === 2);
  tell(fake, over({ outcome: 'done', steps: half, retried: [] }));
  await screen.shows('DONE: every service is healthy.');
  screen.press('\t', '\r');
  await until(() => retried.length === 1);
  expect(retried).toEqual([12]);
});

test('the Overview says what is sick, why and which key leads to its reset', async () => {
  const [host, agent] = fake.snapshot.services;
  if (host === undefined || agent === undefined) throw new Error('no services');
  const sick = { ...host, health: 'failed' as const, why: 'exit 3: disk full' };
  fake.snapshot = { ...fake.snapshot, services: [sick, agent] };
  for (const [columns, rows] of sizes) {
    sent = [];
    await using screen = await openTestWorkbench(fake, { columns, rows });
    await screen.shows('host is failed');
    await screen.shows('host: exit 3: disk full');
    await screen.shows('R shows the plan of a reset of host');
    await screen.settled();
    screen.press('R');
    await screen.shows('[ Cancel ]');
    await until(() => sent.length === 1);
    expect(sent).toEqual([{ sick: true }]);
  }
});
