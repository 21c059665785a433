import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { serviceHistory, serviceStart, serviceStop } from '../../protocol/methods/service.ts';
import { openSession, startKedge } from '../support/kedge.ts';
import { fakeService } from '../support/service-fixture.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('what a service did is still told after a restart of Kedge', async () => {
  using folder = tempFolder();
  const host = fakeService('obedient', { stableSeconds: 0 });
  const app = await makeSmallApplication(folder.path, { services: { host } });
  {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    const one = { requestId: randomUUID(), service: 'host' };
    await session.call(serviceStart, one);
    await session.call(serviceStop, { ...one, requestId: randomUUID() });
  }
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const { fromMs, toMs, services } = await session.call(serviceHistory, { buckets: 7 });
  const [history] = services;
  expect(toMs - fromMs).toBe(7 * 86_400_000);
  expect(history?.buckets).toEqual([null, null, null, null, null, null, 'stopped']);
  const states = history?.changes.map(({ state }) => state);
  expect(states?.[0]).toBe('stopped');
  expect(states).toContain('healthy');
  expect(history?.changes.at(-1)).toMatchObject({ state: 'stopped', why: 'stopped' });
  await expect(session.call(serviceHistory, { service: 'hots' })).rejects.toMatchObject({
    failure: { code: 'service-not-found' },
  });
});
