import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isFinished } from '../../protocol/domain/job.ts';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { jobList } from '../../protocol/methods/job.ts';
import { restorePlan, restoreRun } from '../../protocol/methods/restore.ts';
import { serviceList } from '../../protocol/methods/service.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { fakeService } from '../support/service-fixture.ts';
import { countOrders, deleteOrders, makeSmallApplication } from '../support/small-application.ts';
import { strike } from '../support/strike.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const requestId = (): string => randomUUID();

async function idle(session: Session): Promise<void> {
  await until(
    async () => (await session.call(jobList, { offset: 0, limit: 50 })).jobs.every(isFinished),
    60_000,
  );
}

async function planOf(session: Session, changeAll: () => void): Promise<string> {
  const { job } = await session.call(backupCreate, { requestId: requestId() });
  const { state } = await session.ended(job);
  if (state.kind !== 'done' || state.result.kind !== 'backup') throw new Error(state.kind);
  await idle(session);
  changeAll();
  const backup = { kind: 'id', id: state.result.backup.id } as const;
  const asked = await session.call(restorePlan, { requestId: requestId(), backup });
  const planned = (await session.ended(asked.job)).state;
  if (planned.kind !== 'done' || planned.result.kind !== 'plan') throw new Error(planned.kind);
  return planned.result.plan.id;
}

test('a Host that starts by itself after a crash in mid-swap never finds the guard up, nor a blend', async () => {
  using folder = tempFolder();
  const starts = join(folder.path, 'starts.txt');
  const guard = join(folder.path, 'kedge', 'state', 'guard');
  const database = join(folder.path, 'app', 'shop.db');
  // What it finds when it starts: whether the guard is up.
  const script = `if test -e '${guard}'; then echo guarded; else echo free; fi >> '${starts}'; exec sleep 86400`;
  const command = ['/bin/sh', '-c', script];
  const changes = { stableSeconds: 0.05, autoStart: true, stopWithAgent: true, command };
  // Each is exchanged by itself, durably: the guard is up for as long as that takes.
  const settings = Array.from({ length: 200 }, (_, at) => join(folder.path, 'app', `${at}.conf`));
  const app = await makeSmallApplication(folder.path, {
    services: { host: fakeService('obedient', changes) },
    sources: {
      database: { engine: 'sqlite', path: database },
      settings: { engine: 'settings', paths: settings },
    },
  });
  const write = (text: string) => {
    for (const path of settings) writeFileSync(path, text);
  };
  write('then');
  const journals = join(app.home, 'state', 'journal');
  mkdirSync(journals, { recursive: true });
  let kedge = await startKedge(app.home);
  try {
    using session = await openSession(kedge.socket);
    const plan = await planOf(session, () => {
      deleteOrders(database, 500);
      write('now');
    });
    const struck = Promise.withResolvers<void>();
    const watcher = watch(journals);
    watcher.on('change', (_, name) => {
      const path = join(journals, String(name));
      if (!existsSync(path) || !readFileSync(path, 'utf8').includes('"kind":"swap"')) return;
      watcher.close();
      strike('both', kedge);
      struck.resolve();
    });
    await session.call(restoreRun, { requestId: requestId(), plan, confirmation: 'Shop' });
    await struck.promise;
    await kedge.kill();
    const before = readFileSync(starts, 'utf8').trim().split('\n').length;
    const wasGuarded = existsSync(guard);

    kedge = await startKedge(app.home);
    using after = await openSession(kedge.socket);
    await idle(after);
    await until(
      async () =>
        (await after.call(serviceList, {})).services.every(({ health }) => health === 'healthy'),
      60_000,
    );
    const found = readFileSync(starts, 'utf8').trim().split('\n');
    expect([wasGuarded, existsSync(guard)]).toEqual([true, false]);
    expect(found.length).toBeGreaterThan(before);
    expect(new Set(found)).toEqual(new Set(['free']));
    const texts = new Set(settings.map((path) => readFileSync(path, 'utf8')));
    expect([countOrders(database), texts]).toEqual([1_500, new Set(['now'])]);
  } finally {
    await kedge.stop();
  }
}, 120_000);
