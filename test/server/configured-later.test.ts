import { randomUUID } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backupCreate, backupList } from '../../protocol/methods/backup.ts';
import { configGet } from '../../protocol/methods/config.ts';
import { jobShow } from '../../protocol/methods/job.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import { setupDetect, setupWrite } from '../../protocol/methods/setup.ts';
import { holdBackups } from '../support/held-backups.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { makeSmallApplication, type SmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

const requestId = (): string => randomUUID();

function answers(app: SmallApplication, destination: string) {
  return {
    requestId: requestId(),
    id: 'shop',
    name: 'Shop',
    databases: [app.database],
    folders: [app.uploads],
    settings: [app.settings],
    destination,
    nightly: true,
    zone: 'Europe/Berlin',
  };
}

async function backUp(session: Session): Promise<string> {
  const { job } = await session.call(backupCreate, { requestId: requestId() });
  const { state } = await session.ended(job);
  if (state.kind !== 'done' || state.result.kind !== 'backup') throw new Error(state.kind);
  return state.result.backup.path;
}

test('what init writes is in force at once: schedule, watch of the store, ownership', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  rmSync(join(app.home, 'kedge.jsonc'));
  const destination = join(folder.path, 'destination');
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  await expect(session.call(backupCreate, { requestId: requestId() })).rejects.toMatchObject({
    failure: { code: 'config-missing' },
  });
  const found = await session.call(setupDetect, { folder: folder.path });
  expect(found).toMatchObject({
    databases: [{ path: app.database, tables: 1 }],
    folders: [{ path: app.uploads, files: 3 }],
    settings: [app.settings],
  });
  expect(await session.call(setupWrite, answers(app, destination))).toMatchObject({
    sameDisk: true,
  });
  const first = await backUp(session);
  await expect
    .poll(async () => (await session.call(snapshotGet, {})).schedules, { timeout: 30_000 })
    .toMatchObject([{ id: 'nightly', nextMs: expect.any(Number) }]);
  const elsewhere = join(folder.path, 'carried off');
  copyFileSync(first, elsewhere);
  rmSync(first);
  await expect
    .poll(async () => (await session.call(snapshotGet, {})).backupCount, { timeout: 30_000 })
    .toBe(0);
  copyFileSync(elsewhere, join(destination, 'brought back.tar.zst'));
  await expect
    .poll(async () => (await session.call(snapshotGet, {})).backupCount, { timeout: 30_000 })
    .toBe(1);
  const other = join(folder.path, 'other');
  mkdirSync(other);
  copyFileSync(join(app.home, 'kedge.jsonc'), join(other, 'kedge.jsonc'));
  await expect(startKedge(other)).rejects.toThrow('already protected by another Kedge');
});

test('init refuses what does not exist before it writes anything', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  rmSync(join(app.home, 'kedge.jsonc'));
  const destination = join(folder.path, 'destination');
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  rmSync(app.settings);
  await expect(session.call(setupWrite, answers(app, destination))).rejects.toMatchObject({
    failure: { code: 'source-missing', params: { path: app.settings } },
  });
  expect([existsSync(destination), existsSync(join(app.home, 'kedge.jsonc'))]).toEqual([
    false,
    false,
  ]);
});

test('init never writes over a configuration', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const before = readFileSync(join(app.home, 'kedge.jsonc'), 'utf8');
  await expect(session.call(setupWrite, answers(app, app.store))).rejects.toMatchObject({
    failure: { code: 'already-exists' },
  });
  expect(readFileSync(join(app.home, 'kedge.jsonc'), 'utf8')).toBe(before);
});

test('a start with a broken configuration goes on with the last good one and settles a dead restore', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  {
    await using _kedge = await startKedge(app.home);
  }
  writeFileSync(join(app.home, 'kedge.jsonc'), '{ "application": ');
  const journal = join(app.home, 'state', 'journal', '99.jsonl');
  mkdirSync(join(app.home, 'state', 'journal'), { recursive: true });
  const begin = {
    kind: 'begin',
    what: 'restore',
    job: 99,
    atMs: 0,
    title: 'Restore',
    undoId: requestId(),
    undoExpiresAtMs: 0,
    places: [],
    sources: [],
  };
  writeFileSync(journal, `${JSON.stringify(begin)}\n`);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const { application, problems, recovered } = await session.call(snapshotGet, {});
  expect(application?.name).toBe('Shop');
  expect(problems.map(({ id }) => id)).toContain('config-0');
  expect(recovered).toEqual([expect.stringContaining('recovery of job 99: nothing to do')]);
  expect(readFileSync(journal, 'utf8')).toContain('"kind":"end"');
  await backUp(session);
});

test('a dead restore is settled as soon as there is a configuration', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  const config = readFileSync(join(app.home, 'kedge.jsonc'), 'utf8');
  rmSync(join(app.home, 'kedge.jsonc'));
  const journal = join(app.home, 'state', 'journal', '99.jsonl');
  mkdirSync(join(app.home, 'state', 'journal'), { recursive: true });
  // Torn: it died before its first record was whole.
  writeFileSync(journal, '{"kind":"beg');
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  expect((await session.call(snapshotGet, {})).application).toBeUndefined();
  writeFileSync(join(app.home, 'kedge.jsonc'), config);
  await expect.poll(() => existsSync(journal), { timeout: 30_000 }).toBe(false);
});

test('a job that a Kedge before left is reported also where there is no configuration', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  holdBackups(app);
  let job: number;
  {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    ({ job } = await session.call(backupCreate, { requestId: requestId() }));
    await kedge.kill();
  }
  for (const name of ['kedge.jsonc', 'state/last-good.jsonc']) rmSync(join(app.home, name));
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  expect((await session.call(jobShow, { job })).job.state).toMatchObject({
    kind: 'failed',
    failure: { code: 'interrupted' },
  });
});

test('an edit by hand changes the schedules in force, and the last one goes with it', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  const path = join(app.home, 'kedge.jsonc');
  const plain = readFileSync(path, 'utf8');
  const scheduled = (at: string): string =>
    JSON.stringify({
      ...JSON.parse(plain),
      schedules: { nightly: { full: { every: 'day', at }, store: 'local', zone: 'UTC' } },
    });
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const nextRuns = async () =>
    (await session.call(snapshotGet, {})).schedules.map(({ nextMs }) =>
      new Date(nextMs ?? 0).toISOString().slice(11, 16),
    );
  writeFileSync(path, scheduled('03:10'));
  await expect.poll(nextRuns, { timeout: 30_000 }).toEqual(['03:10']);
  writeFileSync(path, scheduled('04:20'));
  await expect.poll(nextRuns, { timeout: 30_000 }).toEqual(['04:20']);
  appendFileSync(path, '}');
  await expect
    .poll(async () => (await session.call(configGet, {})).problems.length, { timeout: 30_000 })
    .toBeGreaterThan(0);
  expect(await nextRuns()).toEqual(['04:20']);
  writeFileSync(path, plain);
  await expect.poll(nextRuns, { timeout: 30_000 }).toEqual([]);
  expect((await session.call(backupList, { offset: 0, limit: 1 })).total).toBe(0);
});
