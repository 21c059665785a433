import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isGuarded } from '../../agent/restore/guard.ts';
import { findUnfinishedJournals, recoverJournal } from '../../agent/restore/recover.ts';
import { listUndos } from '../../agent/restore/undo-records.ts';
import { crashAt } from '../support/crash-at.ts';
import { RestoreFixture } from '../support/restore-fixture.ts';

const all = ['agent', 'database', 'host'];

/** Runs `flow` on the same start again and again, "crashing" it at operation 1, 2, 3, ... until it is through. */
async function enumerate(
  app: RestoreFixture,
  flow: () => Promise<unknown>,
  states: { readonly before: unknown; readonly after: unknown },
  crashesInRecovery: boolean,
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
    if (crashesInRecovery) await crash(app, async () => await recoverAll(app), 1 + ((k * 5) % 23));
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

test.each([false, true])(
  'a restore that crashes at any operation ends old or new (recovery crashes too: %s)',
  async (again) => {
    using app = new RestoreFixture();
    const backup = await app.backup();
    app.changeAll();
    const before = app.live();
    const plan = await app.plan(backup);
    const { undo = '' } = await app.restore(plan, app.work(900));
    const after = app.live();
    await app.undo(undo, app.work(901));

    const tried = await enumerate(
      app,
      async () => await app.restore(plan, app.work(1000)),
      { before, after },
      again,
    );

    process.stderr.write(`restore: crashed at each of ${tried} operations\n`);
    expect(tried).toBeGreaterThan(40);
  },
  300_000,
);

test('an undo that crashes at any operation ends old or new', async () => {
  using app = new RestoreFixture();
  const backup = await app.backup();
  app.changeAll();
  const after = app.live();
  const { undo = '' } = await app.restore(await app.plan(backup), app.work(900));
  const before = app.live();

  const tried = await enumerate(
    app,
    async () => await app.undo(undo, app.work(1000)),
    { before, after },
    true,
  );

  process.stderr.write(`undo: crashed at each of ${tried} operations\n`);
  expect(tried).toBeGreaterThan(30);
}, 300_000);
