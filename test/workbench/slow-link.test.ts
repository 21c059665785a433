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
/** What only Kedge can tell of a backup. */
const takes = 'about 50.0 MiB';

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

test('while a line of 400 ms stands still every key is answered', async () => {
  using folder = tempFolder();
  await using far = await openFar(folder.path);
  const { line, screen } = far;
  const release = line.hold();
  for (const [key, wanted] of [
    ['7', 'FOLDER'],
    [':', 'Commands'],
    ['\u001B', 'prepare'],
    ['1', 'All is well'],
    ['2', 'Back up now'],
  ] as const) {
    screen.press(key);
    await screen.shows(wanted);
  }
  expect(screen.text()).not.toContain(takes);
  release();
  await screen.shows(takes);
});

test('a command pressed three times while the line stands still is sent once, and it is said that its answer is awaited', async () => {
  using folder = tempFolder();
  await using far = await openFar(folder.path);
  const { fake, line, screen } = far;
  fake.answer(backupCreate, () => {
    fake.notify({ topic: 'job', job: cannedJob({ id: 9 }) });
    return { job: 9 };
  });
  screen.press('b', ...'night');
  await screen.shows('night');
  const release = line.hold();
  screen.press('\r', '\r', '\r');
  await screen.shows('is under way already');
  await screen.shows('waiting for the answer of Kedge');
  expect(createsOf(fake)).toHaveLength(0);
  expect(screen.text()).not.toContain('started as job');
  release();
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
