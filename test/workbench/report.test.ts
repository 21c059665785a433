import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Report } from '../../protocol/domain/report.ts';
import { reportRead, runbookRead } from '../../protocol/methods/report.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { cannedBackup, cannedNowMs } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';

const report: Report = {
  application: 'Clinic',
  host: 'server1',
  fromMs: cannedNowMs - 7 * 86_400_000,
  untilMs: cannedNowMs,
  schedules: [],
  newestGood: cannedBackup(),
  verified: 9,
  damaged: 0,
  unverified: 0,
  bytesBefore: 0,
  bytesNow: 0,
  space: [],
  alarms: [],
};

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});
afterEach(async () => {
  await fake[Symbol.asyncDispose]();
});

test('w shows the report of the last days on the Overview, and Esc leads back', async () => {
  const asked: unknown[] = [];
  fake.answer(reportRead, (params) => {
    asked.push(params);
    return { report };
  });
  await using bench = await openTestWorkbench(fake, { columns: 72, rows: 24 });
  bench.press('w');
  await bench.settled();
  await expect.poll(() => bench.text()).toContain('Newest good   full of 2026-11-21 11:00');
  expect(asked).toEqual([{ days: 7 }]);
  bench.press('\x1b');
  await expect.poll(() => bench.text()).toContain('All is well');
});

test('what fails is said in the place of the report', async () => {
  await using bench = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  bench.press('w');
  await expect.poll(() => bench.text()).toMatch(/report\.read|not known|cannot/i);
});

test('the runbook can be read from the palette, and moves no terminal', async () => {
  fake.answer(runbookRead, () => ({ text: 'RUNBOOK: Clinic\n\x1b[2Jcleared\n' }));
  await using bench = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  bench.running.bench.run({ command: 'report.read', args: { runbook: true } });
  await expect.poll(() => bench.text()).toContain('RUNBOOK: Clinic');
  expect(bench.text()).toContain('\\x1b[2Jcleared');
});
