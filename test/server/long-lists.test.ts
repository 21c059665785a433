import { expect, test } from 'vitest';
import { findAbsences } from '../../agent/alarms/find-absences.ts';
import { backupProblems } from '../../agent/server/backup-problems.ts';
import { clockDoubt } from '../../agent/server/clock-doubt.ts';
import { dueCopies } from '../../agent/server/copies/due-copies.ts';
import { nightly, now, oldBackup } from '../support/retention-cases.ts';

/** More than fit into the arguments of one call. */
const backups = Array.from({ length: 300_000 }, () => oldBackup('one', 1));

test('a list of more backups than a call takes arguments is looked at as any other', () => {
  const daemon = {
    now: () => now,
    clock: { doubt: () => undefined },
    state: { installation: 'here' },
  };
  const { id, settings } = nightly();
  const schedules = [{ id, settings, words: '' }];
  const asked = { nowMs: now, backups, since: () => 0, runningSince: () => undefined };
  expect(backupProblems(backups)).toEqual([]);
  expect(findAbsences({ ...asked, schedules })).toEqual([]);
  expect(
    clockDoubt(daemon as unknown as Parameters<typeof clockDoubt>[0], backups),
  ).toBeUndefined();
  const copies = { schedule: 'nightly', copyTo: 'disk', installation: 'here', backups };
  expect(dueCopies(copies)).toEqual([]);
});
