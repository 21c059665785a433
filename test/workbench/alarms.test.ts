import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Alarm } from '../../protocol/domain/alarm.ts';
import { alarmAcknowledge, alarmTest } from '../../protocol/methods/alarm.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { cannedNowMs } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { openTestWorkbench } from '../support/test-workbench.ts';

const minute = 60_000;
const offline: Alarm = {
  id: 7,
  key: 'store-local',
  severity: 'error',
  text: 'destination "local" is offline',
  place: '/mnt/backup',
  hint: 'Mount it.',
  state: 'open',
  sinceMs: cannedNowMs - 3 * minute,
  lastMs: cannedNowMs - minute,
  count: 2,
  deliveries: [
    { route: 'mail', what: 'open', state: 'sent', atMs: cannedNowMs - 2 * minute, tries: 1 },
    {
      route: 'chat',
      what: 'open',
      state: 'waiting',
      atMs: cannedNowMs,
      nextMs: cannedNowMs + 5 * minute,
      tries: 2,
      problem: 'it answered 500',
    },
  ],
};
const problemOf = ({ key: id, severity, text, place, hint }: Alarm) => ({
  id,
  severity,
  sinceMs: cannedNowMs,
  text,
  place,
  hint,
});
const late: Alarm = {
  ...offline,
  id: 8,
  key: 'paused-nightly',
  severity: 'warning',
  text: 'paused',
  deliveries: [],
};

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
  fake.snapshot = {
    ...fake.snapshot,
    problems: [problemOf(offline), problemOf(late)],
    alarms: [offline, late],
  };
  fake.answer(alarmAcknowledge, ({ alarm }) => {
    const acknowledged = {
      ...offline,
      state: 'acknowledged' as const,
      acknowledgedMs: cannedNowMs,
    };
    fake.notify({ topic: 'alarms', alarms: [late, acknowledged] });
    return { alarm: { ...acknowledged, id: alarm } };
  });
});
afterEach(async () => await fake[Symbol.asyncDispose]());

test('PROBLEMS shows alarms with count, place, hint and whom they reached; a acknowledges there', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('1 error, 1 warning');
  screen.press(']', '}', '}', '\u001B[17~');
  await screen.shows(
    '> ERROR      destination "local" is offline               3 min ago, 2 times',
  );
  await screen.shows('(/mnt/backup)');
  await screen.shows('Mount it.');
  await screen.shows('told by mail 2 min ago, not told by chat yet: it answered 500; again in 5');
  screen.press('a');
  await screen.shows('Alarm 7 is acknowledged');
  await screen.shows('seen       destination "local" is offline');
  expect(screen.rows().at(-1)).toContain(' 1 warning ');
  expect(screen.rows().at(-1)).not.toContain('error');
  await screen.settled();
});

test('the test button of Settings says what each route answered', async () => {
  fake.answer(alarmTest, () => ({
    deliveries: [
      { route: 'mail', what: 'test' as const, state: 'sent' as const, atMs: 0, tries: 1 },
      {
        route: 'chat',
        what: 'test' as const,
        state: 'failed' as const,
        atMs: 0,
        tries: 1,
        problem: 'it answered 404',
      },
    ],
  }));
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24 });
  await screen.shows('Kedge ok');
  screen.press('8');
  await screen.shows('Test alarms');
  for (let presses = 0; presses < 8 && !screen.text().includes('>[ Test alarms'); presses++) {
    screen.press('\t');
    await screen.settled();
  }
  screen.press('\r');
  await screen.shows('chat: FAILED: it answered 404');
});
