import { expect, test } from 'vitest';
import {
  archiveName,
  manualArchiveName,
  refusePathAsName,
} from '../../agent/backup/archive-name.ts';

test.for([
  ['Asia/Tehran', '2026-11-21T02-00-00+0330'],
  ['UTC', '2026-11-20T22-30-00+0000'],
  ['America/St_Johns', '2026-11-20T19-00-00-0330'],
  ['Pacific/Auckland', '2026-11-21T11-30-00+1300'],
])('a backup is named by the wall clock of %s', ([zone = '', time]) => {
  const name = archiveName('clinic', zone, Date.UTC(2026, 10, 20, 22, 30));
  expect(name).toBe(`clinic_${time}_full.tar.zst`);
});

test('the hour that a zone repeats in autumn gives two names', () => {
  const first = archiveName('clinic', 'Europe/Berlin', Date.UTC(2026, 9, 25, 0, 30));
  const second = archiveName('clinic', 'Europe/Berlin', Date.UTC(2026, 9, 25, 1, 30));
  expect([first, second]).toEqual([
    'clinic_2026-10-25T02-30-00+0200_full.tar.zst',
    'clinic_2026-10-25T02-30-00+0100_full.tar.zst',
  ]);
});

test.for([
  ['before update', 'before update.tar.zst'],
  ['already.tar.zst', 'already.tar.zst'],
  ['a/b\\c:d*e?f"g<h>i|j', 'a-b-c-d-e-f-g-h-i-j.tar.zst'],
  ['../../etc/passwd', 'etc-passwd.tar.zst'],
  ['.hidden', 'hidden.tar.zst'],
  ['two\nlines\u0000\u001b[31m', 'two-lines--[31m.tar.zst'],
  ['ends in dots. . .', 'ends in dots.tar.zst'],
  ['con', '_con.tar.zst'],
  ['LPT1.old', '_LPT1.old.tar.zst'],
  ['پشتیبان دی', 'پشتیبان دی.tar.zst'],
  ['-rf', 'rf.tar.zst'],
])('a typed name %j becomes %j', ([typed = '', name]) => {
  expect(manualArchiveName(typed)).toBe(name);
});

test('a long name is cut between characters so that every file system takes it', () => {
  const name = manualArchiveName('ä'.repeat(300)) ?? '';
  expect(name).toBe(`${'ä'.repeat(115)}.tar.zst`);
  expect(Buffer.byteLength(name)).toBeLessThan(250);
});

test.for(['', '   ', '...', '/', '-'])('of %j nothing is left', (typed) => {
  expect(manualArchiveName(typed)).toBeUndefined();
});

test.for(['a/b', '../b', 'C:\\b', '..', '. -'])(
  '%j is refused as a name, with the reason',
  (typed) => {
    expect(() => refusePathAsName(typed)).toThrow(/holds a slash|can be the name of a file/);
  },
);

test('a name, none and an empty one are taken', () => {
  for (const typed of [undefined, '', ' ', 'before update', 'v4.3']) refusePathAsName(typed);
});
