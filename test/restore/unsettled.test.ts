import { writeFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { setFaultHook } from '../../agent/os/faults.ts';
import { isGuarded } from '../../agent/restore/guard.ts';
import { findUnfinishedJournals, recoverJournal } from '../../agent/restore/recover.ts';
import '../support/memory-disk.ts';
import { RestoreFixture } from '../support/restore-fixture.ts';

afterEach(() => setFaultHook(undefined));

const die = (): never => {
  throw new Error('dead');
};

/** A restore of job 77 whose process died at its gate: all is exchanged, and no service may be kept down any more. */
async function diedAtGate(app: RestoreFixture): Promise<void> {
  const plan = await app.plan(await app.backup());
  app.changeAll();
  app.services.before = (act) => {
    if (!act.startsWith('start ')) return;
    setFaultHook(die);
    die();
  };
  await expect(app.restore(plan, app.work(77))).rejects.toThrow();
  setFaultHook(undefined);
  app.services.before = () => undefined;
}

const sentence =
  'an earlier restore has not been settled yet: "Restore of first.tar.zst" (job 77); "kedge recovery list" says what it waits for, "kedge recovery give-up 77" settles it without a server that is gone';

test('nothing is exchanged while an earlier restore may still go back over it, whoever asks', async () => {
  using app = new RestoreFixture();
  const { undo = '' } = await app.restore(await app.plan(await app.backup('older')), app.work(70));
  const before = await app.plan(await app.backup('newer'));
  await diedAtGate(app);
  const open = findUnfinishedJournals(app.stateFolder);
  expect([open.length, isGuarded(app.stateFolder)]).toEqual([1, false]);
  writeFileSync(app.settings, 'written since\n');
  const live = app.live();
  app.services.calls.length = 0;

  const { obstacles } = await app.plan(before.backup);
  expect(obstacles).toEqual([sentence]);
  await expect(app.restore(before)).rejects.toMatchObject({
    failure: { code: 'restore-refused', params: { why: sentence } },
  });
  await expect(app.undo(undo)).rejects.toMatchObject({
    failure: { code: 'unavailable', params: { why: sentence } },
  });
  expect([app.live(), app.services.calls]).toEqual([live, []]);

  for (const journal of open) await recoverJournal(journal, app.context, app.work());
  expect((await app.restore(await app.plan(before.backup))).outcome).toBe('restored');
});

test('a journal that nobody can read goes back over nothing, and is no reason to refuse a restore', async () => {
  using app = new RestoreFixture();
  await diedAtGate(app);
  const [journal = ''] = findUnfinishedJournals(app.stateFolder);
  writeFileSync(journal, '{"kind":"begin","what":"of a later Kedge"}\n{}\n');

  expect((await app.plan(await app.backup('newer'))).obstacles).toEqual([]);
});
