import { afterEach, beforeEach, expect, test } from 'vitest';
import { serviceFollowLog } from '../../../protocol/methods/service.ts';
import { speak } from '../../../tui/texts/speak.ts';
import { withoutNumbers } from '../../../tui/workbench/aloud/without-numbers.ts';
import { answerEverything } from '../../support/answer-everything.ts';
import { cannedJob } from '../../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../../support/fake-kedge.ts';
import { openTestWorkbench, type TestWorkbench } from '../../support/test-workbench.ts';
import { until } from '../../support/until.ts';

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

const [enter, esc, tab, down] = ['\r', '\u001B', '\t', '\u001B[B'];

/** Tall enough for all that is said. */
async function openAloud(): Promise<TestWorkbench> {
  const screen = await openTestWorkbench(fake, { columns: 160, rows: 300, aloud: true });
  await screen.shows('Health, All is well');
  return screen;
}

/** How often a line was said that fits. */
function said({ rows }: TestWorkbench, words: RegExp): number {
  return rows().filter((row) => words.test(row)).length;
}

function tellProgress(percent: number): void {
  const job = cannedJob({
    id: 21,
    state: {
      kind: 'running',
      progress: {
        step: 'reading database',
        bytesDone: percent,
        bytesTotal: 100,
        rate: 1,
        cancellable: true,
      },
    },
  });
  fake.notify({ topic: 'job', job });
}

test('a backup with a name is taken by ear: the field, what is typed, each tenth of the job, its end', async () => {
  await using screen = await openAloud();
  screen.press('b');
  await screen.shows('Screen Back up.');
  await screen.shows('Field Name:');
  screen.press(...'before update');
  await screen.shows('Field Name: before update');
  screen.press(enter);
  await screen.shows('started as job 21');
  for (const percent of [41, 43, 47, 52, 58]) tellProgress(percent);
  await screen.shows(/^Job 21, Back up clinic: reading database, 50 percent$/m);
  fake.notify({
    topic: 'job',
    job: cannedJob({
      id: 21,
      state: {
        kind: 'failed',
        failure: {
          code: 'io-failed',
          params: { operation: 'write', path: '/b', cause: 'no space' },
        },
      },
    }),
  });
  await screen.shows('Job 21, Back up clinic: failed, cannot write "/b": no space');
  expect(said(screen, /40 percent/)).toBe(1);
});

test('a list says where one stands, and each row one comes to', async () => {
  await using screen = await openAloud();
  screen.press('2');
  await screen.shows('1 of 40: clinic 2026-11-21 11:00:00, full');
  screen.press(down);
  await screen.shows('2 of 40: clinic 2026-11-21 10:00:00, full');
  expect(said(screen, /^Backups.*List, 40 rows/)).toBe(1);
});

test('a question is said once, its buttons one by one, and Esc leaves everything as it was', async () => {
  await using screen = await openAloud();
  screen.press('2');
  await screen.shows('1 of 40');
  screen.press('d');
  await screen.shows('Question: Delete a backup.');
  await screen.shows('Type clinic_2026-11-21T11-00-00+0000_full.tar.zst to confirm:');
  screen.press(tab);
  await screen.shows('Button 1 of 3: Cancel.');
  screen.press(esc);
  await screen.shows('Closed.');
  expect(said(screen, /^Question/)).toBe(1);
  expect(fake.calls.map(({ method }) => method)).not.toContain('backup.delete');
});

test('in a menu a number chooses', async () => {
  await using screen = await openAloud();
  screen.press('\u0010');
  await screen.shows(/^Go to: \d+ choices/m);
  await screen.shows('6. screen: Jobs, 6');
  screen.press('6');
  await screen.shows('Enter takes: screen: Jobs, 6');
  screen.press(enter);
  await screen.shows('Screen Jobs.');
});

test('what changes by itself is said once, and Ctrl+L says all of the screen again', async () => {
  await using screen = await openAloud();
  const [host, ...others] = fake.snapshot.services;
  if (host === undefined) throw new Error('no service is canned');
  const ill = { ...host, health: 'ill' as const, why: 'GET /health gave 503' };
  fake.notify({ topic: 'services', services: [ill, ...others] });
  await screen.shows('Service host is ill: GET /health gave 503');
  fake.cut();
  await screen.shows('Kedge is not reachable');
  await screen.shows('Kedge is reachable again.');
  screen.press('\u000C');
  await expect.poll(() => said(screen, /^Screen Overview\.$/)).toBeGreaterThan(1);
});

test('a log goes on by ear: what comes is said, of a flood only how much, and an age is no news', async () => {
  const queue: string[][] = [];
  fake.answer(serviceFollowLog, async ({ cursor = '0' }) => {
    await until(() => cursor === '0' || queue.length > 0);
    const lines = cursor === '0' ? ['host listens on 8080'] : (queue.shift() ?? []);
    return { lines, cursor: `${Number(cursor) + 1}`, gap: false };
  });
  await using screen = await openAloud();
  screen.press('5');
  await screen.shows('1 of 2: host');
  screen.press(enter);
  await screen.shows('host listens on 8080');
  queue.push(['GET /patients 200']);
  await screen.shows(/^GET .patients 200$/m);
  queue.push(Array.from({ length: 20 }, (_, n) => `row ${n} of many`));
  await screen.shows('20 new lines, the last ones:');
  await screen.shows('row 19 of many');
  expect(said(screen, /^row 3 of many/)).toBe(0);
  expect(said(screen, /^GET .patients 200$/)).toBe(1);
});

test('a row whose age changed is the same row, in each language', async () => {
  const ages = ['just now', '7 s ago', '59 s ago', '1 min ago', '3 h ago'];
  const rows = ages.map((age) => withoutNumbers(`1 of 3: clinic, 50.0 MiB, ${age}, verified`));
  expect(new Set(rows).size).toBe(1);
  expect(withoutNumbers('2 of 3: clinic, now, ok')).toBe(
    withoutNumbers('2 of 3: clinic, in 5 s, ok'),
  );
  expect(withoutNumbers('1 of 3: host, healthy, 2 h')).not.toBe(
    withoutNumbers('1 of 3: host, ill, 2 h'),
  );
  await speak('de');
  const german = ['gerade eben', 'vor 7 s', 'vor 2 min'].map((age) => withoutNumbers(`x, ${age}`));
  await speak('en');
  expect(new Set(german).size).toBe(1);
});

test('half a chord is followed by its keys, and the tour is told card by card', async () => {
  await using screen = await openAloud();
  screen.press('\u000B');
  await screen.shows(/^j: Show or hide the panel/m);
  screen.press(esc);
  screen.running.bench.run({ command: 'tour.start' });
  await screen.shows(/1 of 7/);
  screen.press(enter);
  await screen.shows(/2 of 7/);
});

test('it only appends: no sequence that moves, erases or colours is ever written', async () => {
  const written: string[] = [];
  await using screen = await openAloud();
  const write = screen.output.write.bind(screen.output);
  screen.output.write = (chunk: string | Uint8Array) =>
    written.push(String(chunk)) > 0 && write(chunk);
  for (const keys of ['2', '3', '4', '5', '6', '7', '8', ':', esc, '?', esc, '1'])
    screen.press(keys);
  await expect.poll(() => said(screen, /^Screen Overview\.$/)).toBeGreaterThan(1);
  expect(written.join('')).not.toMatch(/[^\r\n\u0020-\u007E\u00A0-\uFFFF]/);
});
