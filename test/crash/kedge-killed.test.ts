import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findUnfinishedJournals } from '../../agent/restore/recover.ts';
import { isFinished } from '../../protocol/domain/job.ts';
import { backupCreate, backupList } from '../../protocol/methods/backup.ts';
import { jobCancel, jobList } from '../../protocol/methods/job.ts';
import { restorePlan, restoreRun, undoList, undoRun } from '../../protocol/methods/restore.ts';
import { serviceList } from '../../protocol/methods/service.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import '../support/memory-disk.ts';
import { isLong } from '../support/crash/is-long.ts';
import { openSession, type RunningKedge, type Session, startKedge } from '../support/kedge.ts';
import { fakeService } from '../support/service-fixture.ts';
import {
  countOrders,
  deleteOrders,
  makeSmallApplication,
  type SmallApplication,
} from '../support/small-application.ts';
import { jobProcesses, strike, type Victim } from '../support/strike.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const rowsThen = 2_000;
const rowsNow = 1_500;
const requestId = (): string => randomUUID();
const quick = { stableSeconds: 0.05, autoStart: true, stopWithAgent: true };

/** Up and down in a moment, as each of the many restores stops and starts it. */
const command = ['/bin/sleep', '86400'];
const services = {
  database: fakeService('obedient', { ...quick, command, role: 'database' }),
  host: fakeService('obedient', { ...quick, command, role: 'host', dependsOn: ['database'] }),
};

/** Strikes once the newest journal holds so many records; false: the restore was through before. */
async function strikeAt(
  records: number,
  victim: Victim,
  kedge: RunningKedge,
  folder: string,
  through: Promise<unknown>,
): Promise<boolean> {
  const struck = Promise.withResolvers<boolean>();
  const before = new Set(readdirSync(folder));
  const watcher = watch(folder);
  watcher.on('change', () => {
    const name = readdirSync(folder).find((file) => !before.has(file));
    if (name === undefined || linesOf(join(folder, name)) < records) return;
    watcher.close();
    strike(victim, kedge);
    struck.resolve(true);
  });
  const ended = through.then(
    () => false,
    () => struck.promise,
  );
  return await Promise.race([struck.promise, ended]).finally(() => watcher.close());
}

function linesOf(path: string): number {
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').length - 1 : 0;
}

const settledMs = 60_000;
/** Three of them ask at the same time. */
const lookMs = 40;

async function healthy(session: Session): Promise<void> {
  await until(
    async () =>
      (await session.call(serviceList, {})).services.every(({ health }) => health === 'healthy'),
    settledMs,
    lookMs,
  );
}

async function idle(session: Session): Promise<void> {
  await until(
    async () => (await session.call(jobList, { offset: 0, limit: 50 })).jobs.every(isFinished),
    settledMs,
    lookMs,
  );
}

/** Good for all restores of this backup: it is bound to nothing that they change. */
async function makePlan(session: Session, backup: string): Promise<string> {
  const asked = await session.call(restorePlan, {
    requestId: requestId(),
    backup: { kind: 'id', id: backup },
  });
  const { state } = await session.ended(asked.job);
  return state.kind === 'done' && state.result.kind === 'plan' ? state.result.plan.id : '';
}

/** The old state stays; the new one must be whole, and is taken back through its undo. */
async function expectOldOrNew(session: Session, app: SmallApplication, where: string) {
  const uploads = readdirSync(app.uploads).sort();
  const ready = (await session.call(undoList, {})).undos.find(({ state }) => state === 'ready');
  if (ready === undefined) {
    expect([countOrders(app.database), uploads.length], where).toEqual([rowsNow, 4]);
    return 'old';
  }
  expect([countOrders(app.database), uploads.length], where).toEqual([rowsThen, 3]);
  const request = { requestId: requestId(), undo: ready.id, confirmation: 'Shop' };
  const { job } = await session.call(undoRun, request);
  expect((await session.ended(job)).state.kind, where).toBe('done');
  expect(countOrders(app.database), where).toBe(rowsNow);
  await removeUndos(app);
  return 'new';
}

/** The undo of the undo would be found next time. */
async function removeUndos(app: SmallApplication): Promise<void> {
  const { rm } = await import('node:fs/promises');
  await rm(join(app.home, 'state', 'undo'), { recursive: true, force: true });
}

/**
 * Each record meets a killed job, and Kedge killed with its job or without it; all of them in the long form. What a
 * cut anywhere leaves is tried by `flows.test.ts`; here it is whether Kedge finds it.
 */
const victims = [
  { victim: 'job', first: 1, every: 1 },
  { victim: 'Kedge', first: 1, every: isLong ? 1 : 2 },
  { victim: 'both', first: isLong ? 1 : 2, every: isLong ? 1 : 2 },
] as const satisfies readonly { victim: Victim; first: number; every: number }[];

// Beside each other: most of their time they wait for processes.
test.concurrent.each(victims)(
  'a restore whose $victim is killed at records of its journal ends old or new, with its services',
  async ({ victim, first, every }) => {
    using folder = tempFolder();
    const app = await makeSmallApplication(folder.path, { services });
    const journals = join(app.home, 'state', 'journal');
    mkdirSync(journals, { recursive: true });
    let kedge = await startKedge(app.home);
    try {
      const plan = await firstPlan(kedge, app);
      const ends: string[] = [];
      for (let records = first; ; records += every) {
        let struck: boolean;
        {
          using session = await openSession(kedge.socket);
          await healthy(session);
          const request = { requestId: requestId(), plan, confirmation: 'Shop' };
          const { job } = await session.call(restoreRun, request);
          struck = await strikeAt(records, victim, kedge, journals, session.ended(job));
        }
        if (struck && victim !== 'job') {
          await kedge.kill();
          kedge = await startKedge(app.home);
        }
        using session = await openSession(kedge.socket);
        await idle(session);
        await healthy(session);
        const where = `${victim} killed at record ${records}`;
        ends.push(await expectOldOrNew(session, app, where));
        if (!struck) break;
      }
      process.stderr.write(`${victim} killed at ${ends.length - 1} records: ${ends.join(' ')}\n`);
      expect(ends.length).toBeGreaterThan(10 / every);
      expect(new Set(ends)).toEqual(new Set(['old', 'new']));
    } finally {
      await kedge.stop();
    }
  },
  300_000,
);

test('a cancelled restore that has to be killed is recovered at once', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path, { services });
  const journals = join(app.home, 'state', 'journal');
  mkdirSync(journals, { recursive: true });
  await using kedge = await startKedge(app.home);
  const plan = await firstPlan(kedge, app);
  using session = await openSession(kedge.socket);
  const watcher = watch(journals);
  const stopped = Promise.withResolvers<void>();
  watcher.on('change', () => {
    for (const pid of jobProcesses(kedge.process.pid ?? 0)) process.kill(pid, 'SIGSTOP');
    stopped.resolve();
  });
  const request = { requestId: requestId(), plan, confirmation: 'Shop' };
  const { job } = await session.call(restoreRun, request);
  await stopped.promise;
  watcher.close();
  await session.call(jobCancel, { requestId: requestId(), job });
  expect((await session.ended(job)).state.kind).toBe('cancelled');
  await idle(session);
  expect(findUnfinishedJournals(join(app.home, 'state'))).toEqual([]);
  expect(readdirSync(join(app.home, '..', 'app')).filter((name) => name.includes('kedge'))).toEqual(
    [],
  );
  await healthy(session);
}, 60_000);

async function firstPlan(kedge: RunningKedge, app: SmallApplication): Promise<string> {
  using session = await openSession(kedge.socket);
  const { job } = await session.call(backupCreate, { requestId: requestId() });
  const { state } = await session.ended(job);
  await idle(session);
  deleteOrders(app.database, rowsThen - rowsNow);
  const { writeFile } = await import('node:fs/promises');
  await writeFile(join(app.uploads, 'later.txt'), 'later\n');
  if (state.kind !== 'done' || state.result.kind !== 'backup') throw new Error(state.kind);
  return await makePlan(session, state.result.backup.id);
}

/** A backup waits in this hook of the uploads until it is released, or ended with it. */
function holdUploads(app: SmallApplication, hook: 'before' | 'after') {
  const reached = join(app.home, 'reached');
  const release = join(app.home, 'release');
  const wait = `while [ -e '${reached}' ] && ! [ -e '${release}' ]; do sleep 0.05; done`;
  const both = { before: ['/bin/true'], after: ['/bin/true'] };
  const held = { [hook]: ['/bin/sh', '-c', `: > '${reached}'; ${wait}`] };
  const file = join(app.home, 'kedge.jsonc');
  const config = JSON.parse(readFileSync(file, 'utf8'));
  config.sources.uploads.quiesce = { kind: 'hook', ...both, ...held };
  writeFileSync(file, JSON.stringify(config));
  return { reached, release: () => writeFileSync(release, '') };
}

test.each<Victim>(['job', 'Kedge', 'both'])(
  'a backup whose %s is killed is reported as interrupted, and nothing half-made stays',
  async (victim) => {
    using folder = tempFolder();
    const app = await makeSmallApplication(folder.path);
    writeFileSync(join(app.uploads, 'scan.bin'), randomBytes(4 << 20));
    // Uploads are read first: what is written then is half an archive.
    const held = holdUploads(app, 'after');
    let kedge = await startKedge(app.home);
    try {
      {
        using session = await openSession(kedge.socket);
        await session.call(backupCreate, { requestId: requestId() });
        await until(() => existsSync(held.reached));
        expect(readdirSync(app.store)).toContainEqual(expect.stringMatching(/\.partial$/));
        strike(victim, kedge);
      }
      if (victim !== 'job') {
        await kedge.kill();
        held.release();
        kedge = await startKedge(app.home);
      }
      using session = await openSession(kedge.socket);
      await idle(session);
      const { jobs } = await session.call(jobList, { offset: 0, limit: 5 });
      const code = victim === 'job' ? 'job-crashed' : 'interrupted';
      expect(jobs.at(-1)).toMatchObject({ state: { kind: 'failed', failure: { code } } });
      expect((await session.call(backupList, { offset: 0, limit: 5 })).total).toBe(0);
      expect(readdirSync(app.store)).toEqual(['.kedge-store.json']);
      expect(readdirSync(join(app.home, 'state', 'scratch'))).toEqual([]);
      const { recovered } = await session.call(snapshotGet, {});
      expect(recovered.length).toBe(victim === 'job' ? 0 : 1);
    } finally {
      await kedge.stop();
    }
  },
  120_000,
);

test('a backup under way when Kedge is stopped is reported as interrupted by the next one', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  const held = holdUploads(app, 'before');
  {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    await session.call(backupCreate, { requestId: requestId() });
    await until(() => existsSync(held.reached));
    expect(await kedge.stop()).toBe(0);
  }
  expect(readdirSync(app.store)).toEqual(['.kedge-store.json']);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  expect((await session.call(jobList, { offset: 0, limit: 5 })).jobs).toMatchObject([
    { state: { kind: 'failed', failure: { code: 'interrupted' } } },
  ]);
});
