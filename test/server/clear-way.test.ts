import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { clearWay } from '../../agent/server/resets/clear-way.ts';
import type { Job } from '../../protocol/domain/job.ts';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { jobCancel, jobRetry, jobShow } from '../../protocol/methods/job.ts';
import { serviceReset, serviceStart, serviceStop } from '../../protocol/methods/service.ts';
import { cannedJob } from '../support/canned-snapshot.ts';
import { holdBackups } from '../support/held-backups.ts';
import { openSession, startKedge } from '../support/kedge.ts';
import { fakeService } from '../support/service-fixture.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('a reset, its retry and the stop of a service wait for a person to say so, then they are the next', async () => {
  using folder = tempFolder();
  const host = fakeService('', { command: ['/bin/sleep', '86400'], stopWithAgent: true });
  const app = await makeSmallApplication(folder.path, { services: { host } });
  const backups = holdBackups(app);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const backUp = async (): Promise<number> =>
    (await session.call(backupCreate, { requestId: randomUUID() })).job;
  const reset = async (clear?: { by: 'cancel' | 'wait'; job?: number }): Promise<number> => {
    const order = { requestId: randomUUID(), ...(clear === undefined ? {} : { clear }) };
    return (await session.call(serviceReset, order)).job;
  };
  const startOf = async (job: number): Promise<number> => {
    await session.ended(job);
    return (await session.call(jobShow, { job })).job.startedAtMs ?? 0;
  };
  const first = await backUp();
  const later = await backUp();
  const meets = { failure: { code: 'reset-meets-job', params: { job: first } } };
  await expect(reset()).rejects.toMatchObject(meets);
  await expect(reset({ by: 'cancel', job: later })).rejects.toMatchObject(meets);
  const waiting = await reset({ by: 'wait', job: first });
  backups.letGo();
  const begun = [await startOf(first), await startOf(waiting), await startOf(later)];
  expect(begun).toEqual(begun.toSorted((a, b) => a - b));
  expect((await session.ended(first)).state.kind).toBe('done');
  expect((await session.ended(waiting)).state.kind).toBe('done');
  backups.hold();
  const unwanted = await backUp();
  expect((await session.ended(await reset({ by: 'cancel' }))).state.kind).toBe('done');
  expect((await session.ended(unwanted)).state.kind).toBe('cancelled');

  const one = { service: 'host' };
  await session.call(serviceStart, { ...one, requestId: randomUUID() });
  const busy = await backUp();
  const next = await backUp();
  const stop = async (clear?: { by: 'cancel' | 'wait'; job?: number }) =>
    await session.call(serviceStop, {
      ...one,
      requestId: randomUUID(),
      ...(clear === undefined ? {} : { clear }),
    });
  const refused = { failure: { code: 'service-meets-job', params: { ...one, job: busy } } };
  await expect(stop()).rejects.toMatchObject(refused);
  await expect(stop({ by: 'cancel', job: next })).rejects.toMatchObject(refused);
  const stopping = stop({ by: 'wait', job: busy });
  const waits = `stopping host when job ${busy} has ended`;
  await session.until(({ change }) => change.topic === 'log' && change.line.text === waits);
  backups.letGo();
  const { service } = await stopping;
  expect(service.health).toBe('stopped');
  expect((await session.ended(busy)).state.kind).toBe('done');
  // None begins while it stops.
  expect(await startOf(next)).toBeGreaterThanOrEqual(service.sinceMs);
  expect((await session.ended(next)).state.kind).toBe('done');

  backups.hold();
  const given = await backUp();
  const { job: dropped } = await session.call(serviceReset, {
    requestId: randomUUID(),
    clear: { by: 'wait' },
  });
  await session.call(jobCancel, { requestId: randomUUID(), job: dropped });
  const retry = async (clear?: { by: 'wait' }) =>
    await session.call(jobRetry, {
      requestId: randomUUID(),
      job: dropped,
      ...(clear === undefined ? {} : { clear }),
    });
  await expect(retry()).rejects.toMatchObject({ failure: { code: 'reset-meets-job' } });
  const { job: again } = await retry({ by: 'wait' });
  backups.letGo();
  expect((await session.ended(again)).state.kind).toBe('done');
  expect((await session.ended(given)).state.kind).toBe('done');
});

test('between guard and gate a reset is refused, whatever is said', () => {
  const progress = {
    step: 'exchanging',
    bytesDone: 0,
    bytesTotal: 0,
    rate: 0,
    cancellable: false,
  };
  const at = (kind: Job['kind']) => ({
    writing: () => cannedJob({ id: 7, kind, state: { kind: 'running', progress } }),
    cancel: () => expect.unreachable(),
  });
  for (const by of ['cancel', 'wait'] as const)
    expect(() => clearWay(at('restore'), { by })).toThrow(/job 7 exchanges data, at "exchanging"/);
  expect(clearWay(at('reset'), { by: 'wait' })).toBe(true);
});
