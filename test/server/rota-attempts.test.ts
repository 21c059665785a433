import { expect, test } from 'vitest';
import { attemptsOf } from '../../agent/server/rota/attempts.ts';
import { expectedSeconds } from '../../agent/server/rota/expected-seconds.ts';
import type { Job } from '../../protocol/domain/job.ts';
import { cannedJob, cannedNowMs } from '../support/canned-snapshot.ts';

const minuteMs = 60_000;
const order = { kind: 'verify', path: '/b', backup: 'b1', rota: 'gives way' };

function ended(state: Job['state'], of: object = order) {
  const job = cannedJob({ kind: 'verify', origin: 'kedge', finishedAtMs: cannedNowMs, state });
  return { job, order: of, process: undefined };
}

const gaveWay = ended({ kind: 'cancelled', gaveWayTo: 'job 9' });
const failed = (code: 'interrupted' | 'io-failed') =>
  ended({ kind: 'failed', failure: { code, params: {} } });
const of = (...records: readonly ReturnType<typeof ended>[]) =>
  attemptsOf(records).get('verify b1') ?? {};

test('what gave way rests for minutes, what failed or was cancelled by somebody for a day, what was interrupted not at all', () => {
  const soon = cannedNowMs + 10 * minuteMs;
  const tomorrow = cannedNowMs + 24 * 60 * minuteMs;
  expect(of(gaveWay, gaveWay)).toEqual({ gaveWay: 2, restsUntilMs: soon });
  expect(of(gaveWay, failed('io-failed'))).toEqual({ gaveWay: 1, restsUntilMs: tomorrow });
  expect(of(ended({ kind: 'cancelled' }))).toEqual({ gaveWay: 0, restsUntilMs: tomorrow });
  expect(of(failed('interrupted'))).toEqual({ gaveWay: 0, restsUntilMs: 0 });
  expect(attemptsOf([ended({ kind: 'cancelled' }, { ...order, rota: undefined })]).size).toBe(0);
});

test('a turn takes as long as the median of the last ones did, whatever one of them met', () => {
  const took = (seconds: number): Job =>
    cannedJob({
      startedAtMs: cannedNowMs,
      finishedAtMs: cannedNowMs + (seconds + 1) * 1_000,
      state: {
        kind: 'done',
        result: {
          kind: 'verify',
          verify: {
            path: '/b',
            backup: 'b1',
            frames: 1,
            members: 1,
            contentBytes: 1,
            sha256: '',
            integrity: 'ok',
          },
        },
      },
    });
  const jobs = {
    newestDone: (kind: Job['kind']) =>
      kind === 'verify' ? [took(10), took(1_000), took(11), took(0.1), took(9)] : [],
  };
  const expected = expectedSeconds(jobs, () => 1_000_000);
  expect(expected.verify(2_000_000)).toBeCloseTo(1 + 20, 0);
  expect(expected.drill(40e6)).toBeCloseTo(1 + 2, 5);
});
