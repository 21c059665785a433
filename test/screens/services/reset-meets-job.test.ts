import { afterEach, beforeEach, expect, test } from 'vitest';
import { KedgeError } from '../../../protocol/failures.ts';
import { jobRetry } from '../../../protocol/methods/job.ts';
import { serviceReset, serviceStop } from '../../../protocol/methods/service.ts';
import { answerEverything } from '../../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../../support/fake-kedge.ts';
import { answerResets, openPlan, tell, working } from '../../support/reset-screen.ts';
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

test('while a job is at work it is asked what becomes of that, and Leave has the focus', async () => {
  await using screen = await openPlan(fake, 80, 24);
  fake.answer(serviceReset, ({ requestId: _, ...order }) => {
    sent.push(order);
    if (order.clear === undefined) {
      const params = { job: 7, title: 'Back up clinic', step: 'reading' };
      throw new KedgeError('reset-meets-job', params);
    }
    tell(fake, working([]));
    return { job: 26 };
  });
  const press = async (tabs: number, button: string): Promise<void> => {
    const before = sent.length;
    screen.press('\r');
    await until(() => sent.length > before);
    await screen.settled();
    await screen.shows('Job 7 (Back up clinic) is at work, at "reading".');
    await screen.shows('>[ Leave ]');
    screen.press(...Array(tabs).fill('\t'));
    await screen.shows(`>[ ${button} ]`);
    screen.press('\r');
  };
  screen.press('\t');
  await press(0, 'Leave');
  await press(1, 'Wait for it, then reset');
  await until(() => sent.length === 4);
  expect(sent.slice(1)).toEqual([
    { retryFailed: false },
    { retryFailed: false },
    { retryFailed: false, clear: { by: 'wait', job: 7 } },
  ]);
});

test('a stop of one service that meets a job asks what becomes of that job, as does the retry of a reset', async () => {
  const met = { job: 7, title: 'Back up clinic', step: 'reading' };
  fake.answer(serviceStop, ({ requestId: _, ...order }) => {
    sent.push(order);
    if (order.clear === undefined)
      throw new KedgeError('service-meets-job', { service: order.service, ...met });
    const [service] = fake.snapshot.services;
    if (service === undefined) throw new Error('no service is canned');
    return { service };
  });
  fake.answer(jobRetry, ({ requestId: _, ...order }) => {
    sent.push(order);
    if (order.clear === undefined) throw new KedgeError('reset-meets-job', met);
    return { job: 26 };
  });
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('5');
  await screen.shows('listens on 8080');
  screen.press('x');
  await screen.shows('>[ Cancel ]');
  screen.press('\t', '\r');
  await screen.shows('Services are left alone');
  screen.press('\t', '\t');
  await screen.shows('>[ Cancel the job first ]');
  screen.press('\r');
  await until(() => sent.length === 2);
  screen.running.bench.run({ command: 'job.retry', args: { job: 12, confirmed: true } });
  await screen.shows('Wait for it, then reset');
  screen.press('\t', '\r');
  await until(() => sent.length === 4);
  const clear = { by: 'cancel', job: 7 };
  expect(sent).toEqual([
    { service: 'host' },
    { service: 'host', clear },
    { job: 12 },
    { job: 12, clear: { by: 'wait', job: 7 } },
  ]);
});

test('several marked services that meet a job ask once what becomes of it, for all that is left', async () => {
  const met = { job: 7, title: 'Back up clinic', step: 'reading' };
  fake.answer(serviceStop, ({ requestId: _, ...order }) => {
    sent.push(order);
    if (order.clear === undefined)
      throw new KedgeError('service-meets-job', { service: order.service, ...met });
    const [service] = fake.snapshot.services;
    if (service === undefined) throw new Error('no service is canned');
    return { service };
  });
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('5');
  await screen.shows('listens on 8080');
  screen.press(' ', ' ', 'x');
  await screen.shows('>[ Cancel ]');
  screen.press('\t', '\t', '\r');
  await screen.shows('Services are left alone');
  await screen.shows('host, agent');
  await screen.shows('>[ Leave ]');
  expect(sent).toEqual([{ service: 'host' }]);
  screen.press('\t', '\r');
  await until(() => sent.length === 3);
  const clear = { by: 'wait', job: 7 };
  expect(sent.slice(1)).toEqual([
    { service: 'host', clear },
    { service: 'agent', clear },
  ]);
});

test('why some of the marked were refused is told beside the question about the job that others met', async () => {
  fake.answer(serviceStop, ({ service }) => {
    if (service === 'host') throw new KedgeError('unavailable', { what: service, why: 'masked' });
    throw new KedgeError('service-meets-job', { service, job: 7, title: 'Drill', step: 'reading' });
  });
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('5');
  await screen.shows('listens on 8080');
  screen.press(' ', ' ', 'x');
  await screen.shows('>[ Cancel ]');
  screen.press('\t', '\t', '\r');
  await screen.shows('Services are left alone');
  expect(screen.text()).toContain('1 before was refused:');
  expect(screen.text()).toContain('masked');
});

test('several marked that were refused for several reasons have each of them told', async () => {
  fake.answer(serviceStop, ({ service }) => {
    const why = service === 'host' ? 'masked' : 'gone';
    throw new KedgeError('unavailable', { what: service, why });
  });
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('5');
  await screen.shows('listens on 8080');
  screen.press(' ', ' ', 'x');
  await screen.shows('>[ Cancel ]');
  screen.press('\t', '\t', '\r');
  await screen.shows('2 of 2 were refused:');
  expect(screen.text()).toContain('─ Stop 2 services ─');
  expect(screen.text()).toContain('masked');
  expect(screen.text()).toContain('gone');
});
