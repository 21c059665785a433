import { expect, test } from 'vitest';
import type { Job, Progress } from '../../protocol/domain/job.ts';
import { createJobReporter } from '../../tui/cli/job-reporter.ts';
import { progressLine } from '../../tui/cli/progress-line.ts';
import { cannedJob } from '../support/canned-snapshot.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';

function running(progress: Partial<Progress>): Job {
  const blank = { step: 'reading', bytesDone: 0, bytesTotal: 0, rate: 0, cancellable: true };
  return cannedJob({ state: { kind: 'running', progress: { ...blank, ...progress } } });
}

test('progress shows bar, percent, bytes, rate, time left and step', () => {
  expect(progressLine(cannedJob(), 200)).toBe(
    '[##########--------------]  40 %  40.0 MiB of 100 MiB  20.0 MiB/s  eta 0:03  reading database',
  );
});

test('without a known total only what was done is shown', () => {
  expect(progressLine(running({ bytesDone: 2048, rate: 1024 }), 200)).toBe(
    '2.0 KiB  1.0 KiB/s  reading',
  );
});

test('a job in the queue says so', () => {
  expect(progressLine(cannedJob({ state: { kind: 'queued' } }), 200)).toBe(
    'Back up clinic: waiting for its turn',
  );
});

test('a reset counts steps', () => {
  const { state } = running({ step: 'starting host', bytesDone: 1, bytesTotal: 2 });
  expect(progressLine(cannedJob({ kind: 'reset', state }), 200)).toBe(
    '[############------------]  50 %  1 of 2  starting host',
  );
});

test('the line never exceeds the columns', () => {
  expect(progressLine(cannedJob(), 30)).toHaveLength(30);
});

test('on a terminal one line is rewritten, and taken away at the end', () => {
  const recorded = recordingTerminal({ tty: true });
  {
    using reporter = createJobReporter(recorded.terminal, false);
    reporter.onJob(running({ step: 'one' }));
    reporter.onJob(running({ step: 'one' }));
    reporter.onJob(running({ step: 'two' }));
  }
  expect(recorded.err()).toBe('\r\x1b[Kone\r\x1b[Ktwo\r\x1b[K');
});

test('in a pipe there is a line for each step and tenth, and no escape code', () => {
  const recorded = recordingTerminal();
  using reporter = createJobReporter(recorded.terminal, false);
  for (const bytesDone of [0, 1, 2, 5, 10, 11, 19, 20])
    reporter.onJob(running({ bytesDone, bytesTotal: 100 }));
  reporter.onJob(running({ step: 'evil\x1b[2J' }));
  const lines = recorded.err().split('\n').slice(0, -1);
  expect(lines).toHaveLength(4);
  expect(recorded.err()).not.toContain('\x1b');
  expect(lines.at(-1)).toBe('evil\\x1b[2J');
});

test('with --json in a pipe there is no progress', () => {
  const recorded = recordingTerminal();
  using reporter = createJobReporter(recorded.terminal, true);
  reporter.onJob(cannedJob());
  expect(recorded.err()).toBe('');
});
