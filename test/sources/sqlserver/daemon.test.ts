import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { initStore } from '../../../agent/stores/stores.ts';
import { backupCreate } from '../../../protocol/methods/backup.ts';
import { restorePlan, restoreRun, undoRun } from '../../../protocol/methods/restore.ts';
import { openSession, type Session, startKedge } from '../../support/kedge.ts';
import { SqlserverFixture } from '../../support/sqlserver-fixture.ts';
import { FakeSqlserver } from '../../support/tds/fake-sqlserver.ts';
import { until } from '../../support/until.ts';

async function ended(session: Session, { job }: { job: number }) {
  const { state } = await session.ended(job);
  if (state.kind !== 'done') throw new Error(JSON.stringify(state));
  return state.result;
}

async function plan(session: Session, id: string): Promise<string> {
  const order = { requestId: randomUUID(), backup: { kind: 'id', id } } as const;
  const result = await ended(session, await session.call(restorePlan, order));
  if (result.kind !== 'plan') throw new Error(result.kind);
  return result.plan.id;
}

test('a real daemon backs up, restores, undoes, and clears up after a job and itself are killed', async () => {
  await using server = await new FakeSqlserver().start();
  server.create('clinic').put('visit', ['1', '2', '3']);
  using app = new SqlserverFixture(server, 'clinic');
  const home = join(app.home, 'kedge');
  mkdirSync(home);
  const { services: _, ...config } = app.config;
  const stores = { local: { kind: 'local', path: app.backups } } as const;
  await initStore('local', stores.local);
  writeFileSync(join(home, 'kedge.jsonc'), JSON.stringify({ ...config, stores }));
  let undo = '';
  let id = '';
  {
    await using kedge = await startKedge(home);
    using session = await openSession(kedge.socket);
    const taken = await ended(
      session,
      await session.call(backupCreate, { requestId: randomUUID() }),
    );
    if (taken.kind !== 'backup') throw new Error(taken.kind);
    expect(taken.backup.outcome).toBe('complete');
    ({ id } = taken.backup);
    server.find('clinic')?.put('visit', ['1']);
    const order = {
      requestId: randomUUID(),
      plan: await plan(session, id),
      confirmation: 'Clinic',
    };
    const restored = await ended(session, await session.call(restoreRun, order));
    if (restored.kind !== 'restore') throw new Error(restored.kind);
    expect(server.find('clinic')?.rows('visit')).toEqual(['1', '2', '3']);
    ({ undo = '' } = restored.restore);
    await ended(
      session,
      await session.call(undoRun, { requestId: randomUUID(), undo, confirmation: 'Clinic' }),
    );
    expect(server.find('clinic')?.rows('visit')).toEqual(['1']);

    const next = { requestId: randomUUID(), plan: await plan(session, id), confirmation: 'Clinic' };
    const held = Promise.withResolvers<void>();
    server.before = async (sql) => {
      if (!sql.startsWith('restoring')) return;
      held.resolve();
      await new Promise(() => undefined);
    };
    await session.call(restoreRun, next);
    await held.promise;
    expect(app.exchanged().length).toBeGreaterThan(0);
    server.before = () => undefined;
    await kedge.kill();
  }
  await using again = await startKedge(home);
  await until(() => app.exchanged().length === 0 && app.databases().length === 2);
  expect(app.databases()).toEqual([
    'clinic__kedge_undo_N|OFFLINE|SINGLE_USER',
    'clinic|ONLINE|MULTI_USER',
  ]);
  expect(server.find('clinic')?.rows('visit')).toEqual(['1']);
  expect(again.output()).not.toContain('error');
}, 60_000);
