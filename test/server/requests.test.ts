import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { backupCreate, backupList } from '../../protocol/methods/backup.ts';
import { jobList } from '../../protocol/methods/job.ts';
import { serviceList, serviceRestart } from '../../protocol/methods/service.ts';
import { kedgeStop } from '../../protocol/methods/setup.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { fakeService } from '../support/service-fixture.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('a request that was answered before a restart is answered from the record, and acts no more', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  const requestId = randomUUID();
  const ask = async (session: Session) => await session.call(backupCreate, { requestId });
  const first = await (async () => {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    const answer = await ask(session);
    await session.ended(answer.job);
    return answer;
  })();
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  expect(await ask(session)).toEqual(first);
  expect((await session.call(backupList, { offset: 0, limit: 5 })).total).toBe(1);
});

test('a request under way when Kedge died is reported as interrupted, and acts no more', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  const requestId = randomUUID();
  {
    await using _kedge = await startKedge(app.home);
  }
  const state = new Database(join(app.home, 'state', 'state.sqlite'));
  state
    .prepare('insert into requests (id, method, at_ms) values (?, ?, ?)')
    .run(requestId, backupCreate.name, Date.now());
  state.close();
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  await expect(session.call(backupCreate, { requestId })).rejects.toMatchObject({
    failure: { code: 'interrupted', params: { step: 'backup.create' } },
  });
  expect((await session.call(jobList, { offset: 0, limit: 5 })).total).toBe(0);
});

test('a request id that was used for another method is refused', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const requestId = randomUUID();
  await session.call(backupCreate, { requestId });
  await expect(session.call(kedgeStop, { requestId })).rejects.toMatchObject({
    failure: { code: 'bad-argument' },
  });
});

test('a restart is carried through when the connection that asked for it is lost', async () => {
  using folder = tempFolder();
  const host = fakeService('obedient', {
    autoStart: true,
    stopWithAgent: true,
    stableSeconds: 0.5,
  });
  const app = await makeSmallApplication(folder.path, { services: { host } });
  await using kedge = await startKedge(app.home);
  using watching = await openSession(kedge.socket);
  const now = async () => (await watching.call(serviceList, {})).services[0];
  const isHealthy = async () => (await now())?.health;
  await expect.poll(isHealthy, { timeout: 30_000 }).toBe('healthy');
  const before = await now();
  {
    using asking = await openSession(kedge.socket);
    void asking.call(serviceRestart, { requestId: randomUUID(), service: 'host' }).catch(String);
    await watching.until(
      ({ change }) => change.topic === 'services' && notHealthy(change.services),
    );
  }
  await expect.poll(isHealthy, { timeout: 30_000 }).toBe('healthy');
  expect((await now())?.pid).not.toBe(before?.pid);
});

function notHealthy(services: readonly { readonly health: string }[]): boolean {
  return services.some(({ health }) => health === 'stopping' || health === 'stopped');
}
