import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { processesWith } from '../../agent/os/process-session.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import { backupCreate, backupList } from '../../protocol/methods/backup.ts';
import { drillRun } from '../../protocol/methods/drill.ts';
import { jobCancel } from '../../protocol/methods/job.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { countOrders, makeSmallApplication } from '../support/small-application.ts';
import { strike } from '../support/strike.ts';
import { tempFolder } from '../support/temp-folder.ts';

const host = fileURLToPath(new URL('../support/trial-host.ts', import.meta.url));

/** Settings of drills, and how many processes of the application they started live now. */
function probing(behaviour: string, more: object = {}) {
  const mark = randomUUID();
  const probe = {
    command: [process.execPath, host, '{database}', '{port}', behaviour],
    environment: { TRIAL_MARK: mark },
    ready: { kind: 'http', url: 'http://127.0.0.1:{port}/health' },
    timeoutSeconds: 20,
    ...more,
  };
  return { drill: { probe }, running: () => processesWith(`TRIAL_MARK=${mark}`).length };
}

async function take(session: Session): Promise<Backup> {
  const { job } = await session.call(backupCreate, { requestId: randomUUID() });
  const { state } = await session.ended(job);
  if (state.kind !== 'done' || state.result.kind !== 'backup') throw new Error(state.kind);
  return state.result.backup;
}

async function drill(session: Session, { id }: Backup, more: { probe?: boolean } = {}) {
  const backup = { kind: 'id', id } as const;
  const order = { requestId: randomUUID(), backup, ...more };
  const { job } = await session.call(drillRun, order);
  return await session.ended(job);
}

function resultOf(job: Awaited<ReturnType<typeof drill>>) {
  if (job.state.kind !== 'done' || job.state.result.kind !== 'drill') {
    throw new Error(JSON.stringify(job.state));
  }
  return job.state.result.drill;
}

async function listed(session: Session, { id }: Backup): Promise<Backup | undefined> {
  const { backups } = await session.call(backupList, { offset: 0, limit: 10 });
  return backups.find((backup) => backup.id === id);
}

function leftIn(home: string): readonly string[] {
  const scratch = join(home, 'state', 'scratch');
  return existsSync(scratch) ? readdirSync(scratch, { recursive: true }).map(String) : [];
}

test('a drill restores, checks, starts the application on the copy, and leaves nothing', async () => {
  using folder = tempFolder();
  const { drill: settings, running } = probing('children');
  const app = await makeSmallApplication(folder.path, { drill: settings });
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const backup = await take(session);
  const result = resultOf(await drill(session, backup));
  expect(result).toMatchObject({
    backup: backup.id,
    outcome: 'proven',
    problems: [],
    probe: { ready: true },
    sources: [
      {
        source: 'database',
        files: 1,
        hashed: 1,
        integrity: 'ok',
        tables: [{ table: 'orders', rows: 2_000 }],
        rows: 2_000,
      },
      { source: 'uploads', files: 3, hashed: 3, members: 4 },
      { source: 'settings', files: 1, hashed: 1 },
    ],
  });
  expect(result.probe?.text).toMatch(/^GET \/health 200/);
  expect(leftIn(app.home)).toEqual([]);
  expect(running()).toBe(0);
  // What the application wrote, it wrote into the copy.
  expect(countOrders(app.database)).toBe(2_000);
  const after = await listed(session, backup);
  expect(after?.proven?.seconds).toBe(result.seconds);
  expect(after).not.toHaveProperty('drillFailed');
});

test.each([
  ['fails', 20, /did not start: it ended with exit code 3: no licence for this copy/],
  ['hangs', 1, /did not start: it was not ready within 1 s \(GET \/health: connection refused\)/],
])(
  'an application that %s on the copy is a failed drill, by name',
  async (behaviour, seconds, words) => {
    using folder = tempFolder();
    const { drill: settings, running } = probing(behaviour, { timeoutSeconds: seconds });
    const app = await makeSmallApplication(folder.path, { drill: settings });
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    const backup = await take(session);
    const result = resultOf(await drill(session, backup));
    expect(result.outcome).toBe('failed');
    expect(result.problems.join()).toMatch(words);
    expect((await listed(session, backup))?.drillFailed?.problem).toMatch(words);
    const { problems } = await session.call(snapshotGet, {});
    expect(problems.map(({ id, severity }) => ({ id, severity }))).toContainEqual({
      id: `drill-${backup.id}`,
      severity: 'error',
    });
    expect(running()).toBe(0);
    expect(leftIn(app.home)).toEqual([]);
    expect(resultOf(await drill(session, backup, { probe: false }))).toMatchObject({
      outcome: 'proven',
    });
    const healed = await session.call(snapshotGet, {});
    expect(healed.problems.map(({ id }) => id)).not.toContain(`drill-${backup.id}`);
  },
);

test('a backup that was damaged since fails its drill, and the list says so', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const backup = await take(session);
  await session.until(
    ({ change }) =>
      change.topic === 'job' && change.job.kind === 'verify' && change.job.state.kind === 'done',
  );
  resultOf(await drill(session, backup));
  expect((await listed(session, backup))?.proven).toBeDefined();
  const bytes = readFileSync(backup.path);
  bytes.writeUInt8(bytes.readUInt8(bytes.length >> 2) ^ 1, bytes.length >> 2);
  writeFileSync(backup.path, bytes);
  const { state } = await drill(session, backup);
  expect(state).toMatchObject({ kind: 'failed', failure: { code: 'archive-damaged' } });
  const after = await listed(session, backup);
  expect(after?.drillFailed?.problem).toMatch(/damaged/);
  expect(after).not.toHaveProperty('proven');
  expect(leftIn(app.home)).toEqual([]);
});

test('a drill that is cancelled while the application starts ends it and leaves nothing', async () => {
  using folder = tempFolder();
  const { drill: settings, running } = probing('hangs');
  const app = await makeSmallApplication(folder.path, { drill: settings });
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const backup = await take(session);
  const order = { requestId: randomUUID(), backup: { kind: 'id', id: backup.id } } as const;
  const { job } = await session.call(drillRun, order);
  await expect.poll(running, { timeout: 30_000 }).toBeGreaterThan(0);
  await session.call(jobCancel, { requestId: randomUUID(), job });
  expect((await session.ended(job)).state).toEqual({ kind: 'cancelled' });
  expect(running()).toBe(0);
  expect(leftIn(app.home)).toEqual([]);
  expect(await listed(session, backup)).not.toHaveProperty('drillFailed');
});

test.each(['job', 'both'] as const)(
  'after SIGKILL of %s the application that a drill started is gone at once, the copy with the clean up',
  async (victim) => {
    using folder = tempFolder();
    const scratch = join(folder.path, 'drills');
    mkdirSync(scratch);
    const { drill: settings, running } = probing('hangs');
    const app = await makeSmallApplication(folder.path, { drill: { ...settings, scratch } });
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    const backup = await take(session);
    const order = { requestId: randomUUID(), backup: { kind: 'id', id: backup.id } } as const;
    const { job } = await session.call(drillRun, order);
    await expect.poll(running, { timeout: 30_000 }).toBeGreaterThan(0);
    expect(readdirSync(scratch)).toHaveLength(1);
    strike(victim, kedge);
    await expect.poll(running, { timeout: 30_000 }).toBe(0);
    if (victim === 'job') {
      expect((await session.ended(job)).state).toMatchObject({
        kind: 'failed',
        failure: { code: 'job-crashed' },
      });
    } else {
      await kedge.kill();
      await using _again = await startKedge(app.home);
    }
    expect(readdirSync(scratch)).toEqual([]);
  },
);
