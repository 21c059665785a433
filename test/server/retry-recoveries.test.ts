import { expect, test } from 'vitest';
import { journalsThatWait } from '../../agent/server/recoveries.ts';
import type { Job } from '../../protocol/domain/job.ts';
import type { FailureCode } from '../../protocol/failures.ts';

function ended(journal: string, code: FailureCode) {
  const state: Job['state'] = { kind: 'failed', failure: { code, params: {} } };
  return { journal, state };
}

test('of each journal the last recovery decides: one that a server kept from its end, or who used what it moves, is tried again by itself', () => {
  const newestFirst = [
    ended('was down', 'recovery-waits'),
    ended('a table was held', 'database-failed'),
    ended('lacked a right', 'database-login-refused'),
    ended('did not stop', 'busy'),
    ended('is broken', 'internal'),
    ended('was down', 'internal'),
    ended('is broken', 'recovery-waits'),
  ];
  expect([...journalsThatWait(newestFirst)].toSorted()).toEqual([
    'a table was held',
    'did not stop',
    'lacked a right',
    'was down',
  ]);
  expect(journalsThatWait([]).size).toBe(0);
});
