import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tellSystemd } from '../../agent/server/tell-systemd.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const fault = () => undefined;

function listening(watchdogMs = 30_000) {
  const heard: string[] = [];
  const tell = async (...assignments: readonly string[]): Promise<void> => {
    heard.push(assignments.join(' '));
  };
  return { heard, notify: { watchdogMs, tell } };
}

test('the main loop is told to live three times in what systemd waits, a status when it changes', async () => {
  const { heard, notify } = listening();
  let status = 'ready';
  using unit = tellSystemd(notify, fault);
  await unit.ready(() => status);
  await vi.advanceTimersByTimeAsync(20_000);
  status = 'full backup';
  await vi.advanceTimersByTimeAsync(10_000);
  expect(heard).toEqual([
    'READY=1 STATUS=ready',
    'WATCHDOG=1',
    'WATCHDOG=1',
    'WATCHDOG=1 STATUS=full backup',
  ]);
});

test('a start and a stop are given more time only while something is done', async () => {
  const { heard, notify } = listening();
  using unit = tellSystemd(notify, fault);
  unit.progressed();
  await vi.advanceTimersByTimeAsync(30_000);
  await unit.ready(() => 'ready');
  await unit.stopping();
  await vi.advanceTimersByTimeAsync(20_000);
  unit.progressed();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(heard).toEqual([
    'EXTEND_TIMEOUT_USEC=60000000',
    'READY=1 STATUS=ready',
    'STOPPING=1 STATUS=stopping',
    'EXTEND_TIMEOUT_USEC=60000000',
  ]);
});

test('that systemd can not be told is said once', async () => {
  const faults: unknown[] = [];
  const tell = async (): Promise<void> => {
    throw new Error('systemd-notify is missing');
  };
  using unit = tellSystemd({ watchdogMs: 30_000, tell }, (error) => faults.push(error));
  await unit.ready(() => 'ready');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(faults).toHaveLength(1);
});
