import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { backupCreate, backupList } from '../../protocol/methods/backup.ts';
import { jobList } from '../../protocol/methods/job.ts';
import { openSession, startKedge } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('a job whose program cannot be started fails, and Kedge goes on', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startWithPath(app.home, folder.path);
  using session = await openSession(kedge.socket);
  for (const _ of [1, 2]) {
    const { job } = await session.call(backupCreate, { requestId: randomUUID() });
    expect((await session.ended(job)).state).toMatchObject({
      kind: 'failed',
      failure: { code: 'job-crashed' },
    });
  }
});

test('a log that cannot be written ends neither the job nor Kedge', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  for (const job of [1, 2])
    mkdirSync(join(app.home, 'state', 'jobs', `${job}.log`), { recursive: true });
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const { job } = await session.call(backupCreate, { requestId: randomUUID() });
  expect((await session.ended(job)).state.kind).toBe('done');
});

test('no backup is taken while the data is half exchanged', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  writeFileSync(join(app.home, 'state', 'guard'), 'a restore\n');
  const { job } = await session.call(backupCreate, { requestId: randomUUID() });
  expect((await session.ended(job)).state).toMatchObject({
    kind: 'failed',
    failure: { code: 'unavailable' },
  });
});

test('a backup whose verify was cut short is verified at the next start', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    const { job } = await session.call(backupCreate, { requestId: randomUUID() });
    await session.ended(job);
    await kedge.kill();
  }
  const state = new Database(join(app.home, 'state', 'state.sqlite'));
  state.exec(`update proofs set proof = '{"kind":"sealed"}', integrity = 'pending'`);
  state.close();
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  await expect
    .poll(
      async () => {
        const { backups } = await session.call(backupList, { offset: 0, limit: 1 });
        return backups.map(({ proof }) => proof.kind);
      },
      { timeout: 30_000 },
    )
    .toEqual(['verified']);
});

test('Kedge starts though the destination of an interrupted backup cannot be read', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  {
    await using _kedge = await startKedge(app.home);
  }
  const order = {
    kind: 'backup',
    backupId: randomUUID(),
    origin: 'manual',
    destination: { kind: 'folder', folder: join(app.settings, 'no folder') },
  };
  const state = new Database(join(app.home, 'state', 'state.sqlite'));
  state
    .prepare(
      `insert into jobs (kind, title, command, origin, job_order, created_ms, state)
       values ('backup', 'full backup', 'kedge', 'manual', ?, 1, '{"kind":"queued"}')`,
    )
    .run(JSON.stringify(order));
  state.close();
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  expect((await session.call(jobList, { offset: 0, limit: 1 })).jobs).toMatchObject([
    { state: { kind: 'failed', failure: { code: 'interrupted' } } },
  ]);
});

test('only its owner may look into the state folder, whoever made it', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  const state = join(app.home, 'state');
  mkdirSync(state);
  chmodSync(state, 0o755);
  await using _kedge = await startKedge(app.home);
  expect(statSync(state).mode & 0o777).toBe(0o700);
});

async function startWithPath(home: string, path: string) {
  const before = process.env['PATH'];
  process.env['PATH'] = path;
  try {
    return await startKedge(home);
  } finally {
    process.env['PATH'] = before;
  }
}
