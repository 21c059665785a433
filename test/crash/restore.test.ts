import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { setFaultHook } from '../../agent/os/faults.ts';
import { isGuarded } from '../../agent/restore/guard.ts';
import { findUnfinishedJournals, recoverJournal } from '../../agent/restore/recover.ts';
import { listUndos } from '../../agent/restore/undo-records.ts';
import { crashAt } from '../support/crash-at.ts';
import { leaveWal, RestoreFixture } from '../support/restore-fixture.ts';

const all = ['agent', 'database', 'host'];

/** Runs `flow` on the same start again and again, "crashing" it at operation 1, 2, 3, ... until it is through. */
async function enumerate(
  app: RestoreFixture,
  flow: () => Promise<unknown>,
  states: { readonly before: unknown; readonly after: unknown },
): Promise<number> {
  const saved = join(app.home, 'saved');
  execFileSync('cp', ['-a', app.app, saved]);
  execFileSync('cp', ['-a', app.stateFolder, join(app.home, 'saved-state')]);
  for (let k = 1; ; k += 1) {
    for (const [from, to] of [
      [saved, app.app],
      [join(app.home, 'saved-state'), app.stateFolder],
    ] as const) {
      execFileSync('rm', ['-rf', to]);
      execFileSync('cp', ['-a', from, to]);
    }
    if (!(await crash(app, flow, k))) return k - 1;
    await crash(app, async () => await recoverAll(app), 1 + ((k * 5) % 23));
    const where = `after a crash at operation ${k}`;
    await recoverAll(app);
    expectSettled(app, where);
    await expectOldOrNew(app, states, where);
  }
}

/** False: the flow was through before operation k. */
async function crash(app: RestoreFixture, flow: () => Promise<unknown>, k: number) {
  using point = crashAt(k);
  app.services.before = point.refuse;
  await flow().catch((error: unknown) => {
    if (!point.crashed) throw error;
  });
  app.services.before = () => {};
  return point.crashed;
}

async function recoverAll(app: RestoreFixture): Promise<void> {
  for (const journal of findUnfinishedJournals(app.stateFolder)) {
    await recoverJournal(journal, app.context, app.work());
  }
}

function expectSettled(app: RestoreFixture, where: string): void {
  expect(findUnfinishedJournals(app.stateFolder), where).toEqual([]);
  expect(isGuarded(app.stateFolder), where).toBe(false);
  expect([...app.services.running].sort(), where).toEqual(all);
}

async function expectOldOrNew(
  app: RestoreFixture,
  { before, after }: { readonly before: unknown; readonly after: unknown },
  where: string,
): Promise<void> {
  const undo = (await listUndos(app.stateFolder)).find(
    ({ id, state }) => state === 'ready' && id.endsWith('-1000'),
  );
  if (undo === undefined) {
    expect(app.live(), where).toEqual(before);
    expect(
      app.places().filter((path) => path.endsWith('-1000')),
      where,
    ).toEqual([]);
    return;
  }
  expect(app.live(), where).toEqual(after);
  await app.undo(undo.id, app.work());
  expect(app.live(), `${where} and an undo`).toEqual(before);
}

test('a restore that crashes at any operation, and its recovery too, ends old or new', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  app.changeAll();
  const before = app.live();
  const plan = await app.plan(backup);
  const { undo = '' } = await app.restore(plan, app.work(900));
  const after = app.live();
  await app.undo(undo, app.work(901));

  const tried = await enumerate(app, async () => await app.restore(plan, app.work(1000)), {
    before,
    after,
  });

  process.stderr.write(`restore: crashed at each of ${tried} operations\n`);
  expect(tried).toBeGreaterThan(40);
}, 300_000);

test('a restore that has to move the database aside ends old or new, with a -wal left beside it', async () => {
  using app = new RestoreFixture();
  const { db } = app.config.sources;
  app.config = { ...app.config, sources: db === undefined ? {} : { db } };
  const backup = await app.backup();
  usePageSize(app.database, 8192);
  leaveWal(app.database);
  const before = await still(app, async () => app.live());
  const plan = await app.plan(backup);
  const steps: string[] = [];
  setFaultHook(({ name, path }) => {
    if (name === 'rename' && path.includes('clinic.db')) steps.push(path.slice(app.app.length));
  });
  const after = await still(app, async () => {
    await app.restore(plan, app.work(900));
    return app.live();
  });
  execFileSync('rm', ['-rf', join(app.stateFolder, 'journal'), join(app.stateFolder, 'undo')]);

  expect(steps).toEqual(['/data/clinic.db', '/data/.kedge-900/db/new/clinic.db']);
  const tried = await enumerate(app, async () => await app.restore(plan, app.work(1000)), {
    before,
    after,
  });

  process.stderr.write(`restore by moving: crashed at each of ${tried} operations\n`);
  expect(tried).toBeGreaterThan(40);
}, 300_000);

function usePageSize(path: string, pageSize: number): void {
  const database = new Database(path);
  database.pragma('journal_mode = delete');
  database.pragma(`page_size = ${pageSize}`);
  database.exec('vacuum');
  database.pragma('journal_mode = wal');
  database.close();
}

/** What `look` finds, with the application put back as it was afterwards: looking takes a -wal in. */
async function still<T>(app: RestoreFixture, look: () => Promise<T>): Promise<T> {
  const saved = join(app.home, 'still');
  execFileSync('cp', ['-a', app.app, saved]);
  const found = await look();
  execFileSync('rm', ['-rf', app.app]);
  execFileSync('mv', [saved, app.app]);
  return found;
}

test('an undo that crashes at any operation ends old or new', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  app.changeAll();
  const after = app.live();
  const { undo = '' } = await app.restore(await app.plan(backup), app.work(900));
  const before = app.live();

  const tried = await enumerate(app, async () => await app.undo(undo, app.work(1000)), {
    before,
    after,
  });

  process.stderr.write(`undo: crashed at each of ${tried} operations\n`);
  expect(tried).toBeGreaterThan(30);
}, 300_000);
