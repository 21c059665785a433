import { afterEach, beforeEach, expect, test } from 'vitest';
import { themeNames } from '../../tui/theme/theme-names.ts';
import { answerEverything } from '../support/answer-everything.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { looksAsIfFresh } from '../support/fresh-looks.ts';
import { openTestWorkbench, type TestWorkbench } from '../support/test-workbench.ts';
import { until } from '../support/until.ts';

let fake: FakeKedge;
beforeEach(async () => {
  fake = await startFakeKedge();
  answerEverything(fake);
});
afterEach(async () => await fake[Symbol.asyncDispose]());

test('another theme, or other signs, are drawn at once and everywhere', async () => {
  await using screen = await openTestWorkbench(fake, { columns: 80, rows: 24, depth: '256' });
  const { settings } = screen.running.bench;
  await screen.shows('All is well');
  const looks = new Set<string>();
  for (const theme of themeNames) {
    settings.set('theme', theme);
    await until(() => looksAsIfFresh(screen), 10_000);
    looks.add(screen.looks().join('\n'));
    // A theme of its own leaves no cell to the terminal's ground.
    if (theme !== 'terminal') for (const row of screen.looks()) expect(row).toMatch(/\{[^}]*g\d/);
  }
  expect(looks.size).toBe(themeNames.length);
  settings.set('ascii', 'on');
  await until(() => /^[\u0020-\u007E\n]*$/.test(screen.text()));
});

/** As the store knows it, whatever is shown. */
function doneBytes({ running }: TestWorkbench): number | undefined {
  const job = running.bench.session.store.get().snapshot?.jobs[0];
  return job?.state.kind === 'running' ? job.state.progress.bytesDone : undefined;
}

test('with reduced motion the screen stands still while a job works on, and shows its end at once', async () => {
  let now = Date.UTC(2026, 10, 21, 12);
  await using screen = await openTestWorkbench(fake, {
    columns: 80,
    rows: 24,
    settings: { reducedMotion: true },
    now: () => now,
  });
  await screen.shows('All is well');
  const tell = (bytesDone: number): void => {
    const progress = { step: 'reading', bytesDone, bytesTotal: 100, rate: 0, cancellable: true };
    fake.notify({
      topic: 'job',
      job: {
        id: 3,
        kind: 'backup',
        title: 'Back up clinic',
        command: 'kedge backup create',
        origin: 'manual',
        createdAtMs: now,
        state: { kind: 'running', progress },
      },
    });
  };
  tell(10);
  await screen.shows('backup 10 %');
  const bytes = screen.bytes();
  for (const done of [20, 30, 40]) tell(done);
  await until(() => doneBytes(screen) === 40);
  await screen.settled();
  expect(screen.bytes()).toBe(bytes);
  now += 2_000;
  screen.running.touch();
  await screen.shows('backup 40 %');
});
