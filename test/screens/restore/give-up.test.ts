import { expect, test } from 'vitest';
import type { OpenRecovery } from '../../../protocol/domain/recovery.ts';
import type { RestoreResult } from '../../../protocol/domain/restore.ts';
import { recoveryGiveUp, recoveryList } from '../../../protocol/methods/recovery.ts';
import { answerEverything } from '../../support/answer-everything.ts';
import { cannedJob, cannedNowMs } from '../../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../../support/fake-kedge.ts';
import { openTestWorkbench } from '../../support/test-workbench.ts';
import { until } from '../../support/until.ts';

const of = 'postgres://db.example:5432/clinic';
const sql = ['-- in clinic', 'ALTER DATABASE "clinic" ALLOW_CONNECTIONS true;'];
const recovery: OpenRecovery = {
  ...{ job: 4, title: 'Restore of clinic', atMs: cannedNowMs, application: 'Clinic' },
  ...{ stage: 'half exchanged', isAtWork: false },
  servers: [{ databases: [of], why: 'nobody listens there' }],
  left: [{ of, what: 'it may let nobody in.', sql }],
};

async function openWaiting(found: OpenRecovery): Promise<FakeKedge> {
  const fake = await startFakeKedge();
  answerEverything(fake);
  const state = {
    kind: 'failed',
    failure: { code: 'recovery-waits', params: { job: 4, why: 'nobody listens there' } },
  } as const;
  const waiting = cannedJob({ id: 5, kind: 'recovery', title: 'recovery of job 4', state });
  fake.snapshot = { ...fake.snapshot, jobs: [waiting] };
  fake.answer(recoveryList, () => ({ recoveries: [found] }));
  fake.answer(recoveryGiveUp, () => ({ job: 6 }));
  return fake;
}

const [enter, tab] = ['\r', '\t'];

test('before a recovery is given up one reads what stays in its servers, and may keep the SQL', async () => {
  await using fake = await openWaiting(recovery);
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  screen.press('3');
  await screen.shows('[ Give it up... ]');
  screen.press(tab, enter);
  await screen.shows(`No answer from ${of}: nobody listens there`);
  await screen.shows('ALTER DATABASE "clinic" ALLOW_CONNECTIONS true;');
  screen.press(tab, enter);
  await screen.shows('copied: -- in clinic');
  expect(fake.calls.some(({ method }) => method === 'recovery.giveUp')).toBe(false);
  screen.press(enter);
  await screen.shows('>[ Cancel ]');
  screen.press(tab, tab, enter);
  await screen.shows('Type Clinic to confirm');
  screen.press(...'Clinic', enter);
  await until(() => fake.calls.some(({ method }) => method === 'recovery.giveUp'));
});

test('one that leaves nothing there is asked for at once', async () => {
  await using fake = await openWaiting({ ...recovery, left: [] });
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  screen.press('3');
  await screen.shows('[ Give it up... ]');
  screen.press(tab, enter);
  await screen.shows('Type Clinic to confirm');
});

test('a window that shows one that waits shows at once what was made of it elsewhere', async () => {
  await using fake = await openWaiting(recovery);
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  screen.press('3');
  await screen.shows('[ Give it up... ]');
  const restore: RestoreResult = { outcome: 'given up', downtimeMs: 0, notes: [], left: [] };
  const given = {
    id: 6,
    kind: 'recovery',
    title: 'recovery of job 4, without its server',
  } as const;
  const state = { kind: 'done', result: { kind: 'restore', restore } } as const;
  fake.notify({ topic: 'job', job: cannedJob({ ...given, settles: 9, state }) });
  fake.notify({ topic: 'job', job: cannedJob({ ...given, id: 7, settles: 4 }) });
  await screen.shows('(job 7)');
  expect(screen.text()).not.toContain('[ Give it up... ]');
  fake.notify({ topic: 'job', job: cannedJob({ ...given, id: 7, settles: 4, state }) });
  await screen.shows('Given up: settled without a database server that did not answer.');
});

test('of several databases the reason is said once, and what is below the edge is reached', async () => {
  const named = ['clinic', 'lab', 'billing'].map((name) => `postgres://db.example:5432/${name}`);
  const what = 'if there is a database of that name, it holds what was live before. '.repeat(4);
  await using fake = await openWaiting({
    ...recovery,
    servers: named.map((one) => ({ databases: [one], why: 'nobody listens there' })),
    left: named.map((one) => ({ of: one, what, sql: [`DROP DATABASE ${one.slice(-4)};`] })),
  });
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  screen.press('3');
  await screen.shows('[ Give it up... ]');
  screen.press(tab, enter);
  await screen.shows('PgUp, PgDn scroll');
  const text = () => screen.rows().join('\n');
  expect(text().match(/nobody listens there/g)).toHaveLength(1);
  expect(text()).not.toContain('DROP DATABASE ling;');
  screen.press('\u001B[6~', '\u001B[6~');
  await screen.shows('DROP DATABASE ling;');
  screen.press('\u001B[5~', '\u001B[5~');
  await screen.shows('No answer from postgres://db.example:5432/clinic');
});
