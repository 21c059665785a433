import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { KedgeError } from '../../protocol/failures.ts';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { jobList } from '../../protocol/methods/job.ts';
import { openSession } from '../../tui/store/session.ts';
import { cannedJob, cannedSnapshot } from '../support/canned-snapshot.ts';
import { startFakeKedge } from '../support/fake-kedge.ts';
import { temporaryFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const signal = (): AbortSignal => AbortSignal.timeout(20_000);

test('the first call opens the session, the second reads the snapshot', async () => {
  await using kedge = await startFakeKedge();
  await using session = openSession({
    socket: kedge.socket,
    client: 'test',
    reconnect: 'after-open',
  });
  const info = await session.client.opened(signal());
  expect(info.epoch).toBe('epoch-1');
  expect(kedge.calls.map((call) => call.method)).toEqual(['session.open', 'snapshot.get']);
  expect(session.store.get().snapshot).toEqual(cannedSnapshot());
  expect(session.store.get().connection.kind).toBe('open');
});

test('Kedge is reached wherever its socket lies, whatever the folder is called', async () => {
  const above = temporaryFolder();
  for (const [nth, name] of ['a home', 'Jörg', '#1?', '100%25', 'a:b', "it's", 'بیمار'].entries()) {
    const folder = join(above, name);
    mkdirSync(folder);
    await using kedge = await startFakeKedge(cannedSnapshot(), join(folder, 'kedge.sock'));
    kedge.epoch = `epoch-${nth}`;
    await using session = openSession({
      socket: kedge.socket,
      client: 'test',
      reconnect: 'after-open',
    });
    expect((await session.client.opened(signal())).epoch, name).toBe(kedge.epoch);
  }
});

test('a socket where nobody listens is named with the cause', async () => {
  await using session = openSession({
    socket: '/nowhere/kedge.sock',
    client: 'test',
    reconnect: 'after-open',
  });
  const error = await session.client.opened(signal()).catch((thrown: unknown) => thrown);
  expect(error instanceof KedgeError && error.failure).toEqual({
    code: 'kedge-unreachable',
    params: {
      socket: '/nowhere/kedge.sock',
      cause: 'there is no such socket, so Kedge does not run there',
    },
  });
});

test('a notice changes the store, in order', async () => {
  await using kedge = await startFakeKedge();
  await using session = openSession({ socket: kedge.socket, client: 'test', reconnect: 'always' });
  await session.client.opened(signal());
  kedge.notify({ topic: 'job', job: cannedJob() });
  kedge.notify({ topic: 'job', job: cannedJob({ state: { kind: 'cancelled' } }) });
  await until(() => session.store.get().snapshot?.jobs[0]?.state.kind === 'cancelled');
  expect(session.store.get().snapshot?.jobs).toHaveLength(1);
});

test('a gap in the notices is healed by reading the snapshot again', async () => {
  await using kedge = await startFakeKedge();
  await using session = openSession({ socket: kedge.socket, client: 'test', reconnect: 'always' });
  await session.client.opened(signal());
  kedge.snapshot = cannedSnapshot({ jobs: [cannedJob({ id: 99 })] });
  kedge.loseNotice();
  kedge.notify({ topic: 'problems', problems: [] });
  await until(() => session.store.get().snapshot?.jobs[0]?.id === 99);
  expect(kedge.calls.filter((call) => call.method === 'snapshot.get')).toHaveLength(2);
  kedge.notify({ topic: 'job', job: cannedJob({ id: 100 }) });
  await until(() => session.store.get().snapshot?.jobs[0]?.id === 100);
  expect(kedge.calls.filter((call) => call.method === 'snapshot.get')).toHaveLength(2);
});

test('a lost connection is opened again and the last picture stays meanwhile', async () => {
  await using kedge = await startFakeKedge();
  await using session = openSession({ socket: kedge.socket, client: 'test', reconnect: 'always' });
  await session.client.opened(signal());
  await kedge.stop();
  await until(() => session.store.get().connection.kind === 'lost');
  expect(session.store.get().snapshot?.application?.name).toBe('Clinic');
  await expect(session.call(jobList, { offset: 0, limit: 1 })).rejects.toThrow(/not reachable/);
  kedge.epoch = 'epoch-2';
  kedge.snapshot = cannedSnapshot({ backupCount: 4 });
  await kedge.start();
  session.client.retryNow();
  await until(() => session.store.get().connection.kind === 'open');
  expect(session.store.get().snapshot?.backupCount).toBe(4);
});

test('a mutating call whose connection is cut is sent again with the same request id', async () => {
  await using kedge = await startFakeKedge();
  await using session = openSession({ socket: kedge.socket, client: 'test', reconnect: 'always' });
  await session.client.opened(signal());
  const ids: string[] = [];
  kedge.answer(backupCreate, async (params) => {
    ids.push(params.requestId);
    if (ids.length === 1) {
      kedge.cut();
      await delay(60_000, undefined, { signal: signal(), ref: false });
    }
    return { job: 12 };
  });
  expect(await session.call(backupCreate, { name: 'once' }, signal())).toEqual({ job: 12 });
  expect(ids).toHaveLength(2);
  expect(ids[0]).toBe(ids[1]);
});

test('each mutating call has a request id of its own', async () => {
  await using kedge = await startFakeKedge();
  await using session = openSession({ socket: kedge.socket, client: 'test', reconnect: 'always' });
  await session.client.opened(signal());
  const ids = new Set<string>();
  kedge.answer(backupCreate, (params) => ({ job: ids.add(params.requestId).size }));
  await session.call(backupCreate, {});
  await session.call(backupCreate, {});
  expect(ids.size).toBe(2);
});

test('a failure of Kedge arrives with its code and parameters', async () => {
  await using kedge = await startFakeKedge();
  await using session = openSession({ socket: kedge.socket, client: 'test', reconnect: 'always' });
  await session.client.opened(signal());
  kedge.answer(backupCreate, () => {
    throw new KedgeError('no-space', { path: '/mnt', needed: '5 GiB', free: '1 GiB' });
  });
  const error = await session.call(backupCreate, {}).catch((thrown: unknown) => thrown);
  expect(error instanceof KedgeError && error.failure.code).toBe('no-space');
});
