import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { cannedJob } from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { type SlowLine, startSlowLine } from '../support/slow-line.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openTestWorkbench, type TestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

const roundTripMs = 400;
const stallMs = 2_000;
/** A key is answered here, whatever the line does; busy machines are slow, too. */
const keyMs = 1_000;

interface Far extends AsyncDisposable {
  readonly fake: FakeKedge;
  readonly line: SlowLine;
  readonly screen: TestWorkbench;
}

/** The workbench at the near end of a line of 400 ms, Kedge at the far one. */
async function openFar(folder: string): Promise<Far> {
  const fake = await startFakeKedge();
  answerEverything(fake);
  const line = await startSlowLine(fake.socket, join(folder, 's'), roundTripMs / 2);
  const screen = await openTestWorkbench(
    { ...fake, socket: line.socket },
    { columns: 120, rows: 40 },
  );
  await screen.shows('Kedge ok');
  return {
    ...{ fake, line, screen },
    async [Symbol.asyncDispose]() {
      await screen[Symbol.asyncDispose]();
      await line[Symbol.asyncDispose]();
      await fake[Symbol.asyncDispose]();
    },
  };
}

function createsOf(fake: FakeKedge): readonly unknown[] {
  return fake.calls.filter(({ method }) => method === backupCreate.name);
}

async function answerMs(screen: TestWorkbench, key: string, wanted: string): Promise<number> {
  const pressed = performance.now();
  screen.press(key);
  await screen.shows(wanted);
  return performance.now() - pressed;
}

test('over a line of 400 ms that stands still for 2 s every key is answered at once', async () => {
  using folder = tempFolder();
  await using far = await openFar(folder.path);
  const { line, screen } = far;
  line.stall(stallMs);
  const stalled = performance.now();
  const waits = [
    await answerMs(screen, '2', 'Back up now'),
    await answerMs(screen, '7', 'FOLDER'),
    await answerMs(screen, ':', 'Commands'),
    await answerMs(screen, '\u001B', 'prepare'),
    await answerMs(screen, '1', 'All is well'),
  ];
  expect(performance.now() - stalled).toBeLessThan(stallMs);
  expect(Math.max(...waits)).toBeLessThan(keyMs);
});

test('a command pressed three times during a stall is sent once, and it is said that its answer is awaited', async () => {
  using folder = tempFolder();
  await using far = await openFar(folder.path);
  const { fake, line, screen } = far;
  fake.answer(backupCreate, () => {
    fake.notify({ topic: 'job', job: cannedJob({ id: 9 }) });
    return { job: 9 };
  });
  screen.press('b', ...'night');
  await screen.shows('night');
  line.stall(stallMs);
  screen.press('\r', '\r', '\r');
  await screen.shows('is under way already');
  await screen.shows('waiting for the answer of Kedge');
  expect(createsOf(fake)).toHaveLength(0);
  expect(screen.text()).not.toContain('started as job');
  await screen.shows('started as job 9');
  expect(createsOf(fake)).toEqual([
    { method: 'backup.create', params: expect.objectContaining({ name: 'night' }) },
  ]);
  // The bar of the job is that of Kedge, not of a clock here.
  await screen.shows('40 %');
});

test('cut in the middle of a call the same request is asked again, not another', async () => {
  using folder = tempFolder();
  await using far = await openFar(folder.path);
  const { fake, screen } = far;
  fake.answer(backupCreate, () => new Promise(() => undefined));
  screen.press('b', ...'late', '\r');
  await until(() => createsOf(fake).length === 1);
  fake.answer(backupCreate, () => ({ job: 9 }));
  fake.cut();
  await until(() => createsOf(fake).length === 2);
  const [first, second] = createsOf(fake).map((call) => JSON.stringify(call));
  expect(second).toBe(first);
  await screen.shows('started as job 9');
});
