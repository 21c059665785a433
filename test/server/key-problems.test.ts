import { expect, test } from 'vitest';
import { problemsOf } from '../../agent/server/key-problems.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { recoveryKey } from '../support/age-files.ts';

const dayMs = 24 * 3_600_000;
const settings = { recoveryKey: recoveryKey.recipient };
const idsAfter = (days: number) =>
  problemsOf({ settings, provenAtMs: 1_000 }, 1_000 + days * dayMs).map(({ id }) => id);

test('a recovery key that was not used for half a year is asked for', () => {
  expect(idsAfter(0)).toEqual([]);
  expect(idsAfter(179)).toEqual([]);
  expect(idsAfter(181)).toEqual(['recovery-key']);
});

test('what keeps backups from being taken comes first, with what to do', () => {
  const problem = new KedgeError('key-unproven', settings);
  expect(problemsOf({ settings, problem }, 0)).toEqual([
    {
      id: 'encryption',
      severity: 'error',
      text: expect.stringContaining(recoveryKey.recipient),
      hint: expect.stringContaining('kedge key check'),
    },
  ]);
});

test('without encryption nothing is asked for', () => {
  expect(problemsOf({}, 1_000 * dayMs)).toEqual([]);
});
