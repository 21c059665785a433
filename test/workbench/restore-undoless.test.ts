import { expect, test } from 'vitest';
import type { RestorePlan } from '../../protocol/domain/restore.ts';
import { restorePlan } from '../../protocol/methods/restore.ts';
import { answerEverything, cannedPlan } from '../support/answer-everything.ts';
import { cannedJob } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

const [enter, tab, backTab] = ['\r', '\t', '\u001B[Z'];

const short: Partial<RestorePlan> = {
  space: [{ path: '/srv', neededBytes: 300 * 1_048_576, freeBytes: 150 * 1_048_576 }],
  obstacles: ['not enough space in "/srv": 300 MiB needed, 150 MiB free'],
  offers: [
    {
      kind: 'without undo',
      path: '/srv',
      freesBytes: 157_290_496,
      needsBytes: 0,
      suffices: true,
      sources: ['database'],
      command: 'kedge restore run 0f3a9c1e --without-undo',
    },
  ],
};

/** Too little room at first; whatever is chosen then suffices. */
function answerPlans(fake: FakeKedge): void {
  answerEverything(fake);
  fake.answer(restorePlan, ({ choices }) => {
    const plan = cannedPlan(choices === undefined ? short : { choices });
    const state = { kind: 'done', result: { kind: 'plan', plan } } as const;
    fake.notify({ topic: 'job', job: cannedJob({ id: 23, kind: 'plan', state }) });
    return { job: 23 };
  });
}

test('where nothing else makes room a person may go without an undo, by typing that and then the name', async () => {
  await using fake = await startFakeKedge();
  answerPlans(fake);
  const callsOf = (name: string) => fake.calls.filter(({ method }) => method === name);
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('All is well');
  screen.press('3');
  await screen.shows('clinic 2026-11-21 11:00:00');
  screen.press(enter);
  await screen.shows('not enough space in "/srv"');
  screen.press(backTab, enter);
  await screen.shows('Without an undo databases are overwritten for good');
  await screen.shows('[ No undo... ]');
  screen.press(backTab, enter);
  await until(() => callsOf('restore.plan').length === 2);
  expect(callsOf('restore.plan')[1]?.params).toMatchObject({ choices: { withoutUndo: true } });

  await screen.shows('[ Drop them ]');
  screen.press(tab, tab, enter);
  await screen.shows('Type without undo to confirm');
  await screen.shows('What is live now is not kept.');
  screen.press(...'Clinic', enter);
  expect(callsOf('restore.run')).toEqual([]);
  screen.press(...Array.from({ length: 6 }, () => '\u007F'), ...'without undo', enter);
  await screen.shows('Type Clinic to confirm');
  await screen.shows('this can not be taken back');
  screen.press(...'Clinic', enter);
  await until(() => callsOf('restore.run').length === 1);

  expect(callsOf('restore.run')[0]?.params).toMatchObject({
    plan: 'plan-1',
    confirmation: 'Clinic',
    consents: ['without undo'],
  });
});
