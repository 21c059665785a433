import { expect, test } from 'vitest';
import { attemptsOf } from '../../agent/server/rota/attempts.ts';
import { expectedSeconds } from '../../agent/server/rota/expected-seconds.ts';
import { keptOf } from '../../agent/server/rota/kept-backups.ts';
import type { Job } from '../../protocol/domain/job.ts';
import { cannedBackup, cannedJob, cannedNowMs } from '../support/canned-snapshot.ts';

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

test('what is damaged, away, without its full or locked for good has no turn; what is only locked is compared', () => {
  const verified = (atMs: number) => ({ kind: 'verified', atMs }) as const;
  const all = [
    cannedBackup({ id: 'full' }),
    cannedBackup({ id: 'differential', kind: 'differential', base: 'full' }),
    cannedBackup({ id: 'alone', kind: 'differential', base: 'away' }),
    cannedBackup({ id: 'away', presence: 'offline' }),
    cannedBackup({ id: 'sealed', proof: { kind: 'sealed' } }),
    cannedBackup({ id: 'damaged', proof: { kind: 'damaged', atMs: 0, problem: 'a bit' } }),
    cannedBackup({ id: 'bad database', integrity: 'damaged' }),
    cannedBackup({ id: 'keys', encryption: 'keys' }),
    cannedBackup({ id: 'passphrase', encryption: 'passphrase' }),
    { ...cannedBackup({ id: 'unknown', encryption: 'passphrase' }), sha256: undefined },
    cannedBackup({ id: 'ahead', proof: verified(cannedNowMs + 24 * 60 * minuteMs) }),
  ].map(({ sha256, ...backup }) => ({ ...backup, ...(sha256 === undefined ? {} : { sha256 }) }));
  const seconds = { verify: () => 1, drill: () => 2 };
  const turnsOf = (keyIsHere: boolean) =>
    keptOf(all, { keyIsHere, seconds, nowMs: cannedNowMs }).map(({ id, drillSeconds }) =>
      drillSeconds === undefined ? `${id}, compared` : id,
    );
  const plain = ['full', 'differential'];
  expect(turnsOf(true)).toEqual([...plain, 'keys', 'passphrase, compared', 'ahead']);
  expect(turnsOf(false)).toEqual([...plain, 'keys, compared', 'passphrase, compared', 'ahead']);
  const ahead = keptOf(all, { keyIsHere: true, seconds, nowMs: cannedNowMs }).at(-1);
  expect(ahead?.verifiedAtMs).toBe(0);
});
