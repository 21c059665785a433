import { expect, test } from 'vitest';
import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import type { SpacePlace } from '../../../protocol/domain/space.ts';
import { calendarLines } from '../../../tui/commands/report/calendar-lines.ts';
import { spaceLines } from '../../../tui/commands/report/space-lines.ts';

const gib = 2 ** 30;

test('each place says how full it is and will be, and each offer what it gives, costs and how it is done', () => {
  const places: readonly SpacePlace[] = [
    {
      stores: ['local', 'state'],
      path: '/var/backups/clinic',
      state: 'online',
      freeBytes: 23 * gib,
      totalBytes: 100 * gib,
      backupBytes: 40 * gib,
      trashBytes: 2 * gib,
      undoBytes: 0,
      growthBytesPerDay: gib,
      fullInDays: 23.4,
      offers: [
        {
          kind: 'undo',
          text: 'the undo of "restore clinic"',
          bytes: gib,
          cost: 'taking back "restore clinic"',
          command: 'undo.remove',
          args: { undo: '0f3a9c1e5b7d2468' },
        },
        {
          kind: 'differentials',
          text: '12 differentials in "local" older than its newest full',
          bytes: 3 * gib,
          cost: 'the moments between',
          command: 'space.clear',
          args: { what: 'differentials', store: 'local' },
        },
        {
          kind: 'move',
          text: '2 fulls older than 30 days to another place',
          bytes: 4 * gib,
          cost: 'a restore from them needs that place',
          command: 'backup.move',
          args: { backup: ['0f3a9c1e5b7d2468', 'aaaaaaaabbbbbbbb'] },
        },
      ],
    },
    {
      stores: ['usb'],
      path: '/mnt/usb',
      state: 'away',
      backupBytes: 5 * gib,
      trashBytes: 0,
      undoBytes: 0,
      offers: [],
    },
  ];
  expect(spaceLines(places)).toEqual([
    'PLACE                    FREE       OF   BACKUPS    TRASH  UNDO  GROWS BY       FULL        FOLDER',
    'local, Kedge itself  23.0 GiB  100 GiB  40.0 GiB  2.0 GiB   0 B  1.0 GiB a day  in 23 days  /var/backups/clinic',
    'usb                      away        -   5.0 GiB      0 B   0 B  -              -           /mnt/usb',
    '',
    'What may go:',
    '  1.0 GiB  the undo of "restore clinic"',
    '    Costs: taking back "restore clinic".',
    '    kedge undo remove 0f3a9c1e',
    '  3.0 GiB  12 differentials in "local" older than its newest full',
    '    Costs: the moments between.',
    '    kedge space clear differentials --store local',
    '  4.0 GiB  2 fulls older than 30 days to another place',
    '    Costs: a restore from them needs that place.',
    '    kedge backup move 0f3a9c1e aaaaaaaa --to DESTINATION',
  ]);
});

test('a month is told by its days, and what happened alike within a day is one line', () => {
  const at = (day: number, hour: number): number => new Date(2026, 10, day, hour).getTime();
  const run = { what: 'run', schedule: 'nightly' } as const;
  const entries: readonly CalendarEntry[] = [
    { ...run, atMs: at(3, 2), kind: 'full', outcome: 'failed', note: 'no space' },
    { ...run, atMs: at(3, 6), kind: 'differential', outcome: 'complete' },
    { ...run, atMs: at(3, 10), kind: 'differential', outcome: 'complete' },
    { atMs: at(3, 11), what: 'manual', kind: 'full', outcome: 'complete' },
    { atMs: at(12, 5), what: 'drill', outcome: 'will run' },
  ];
  expect(calendarLines(entries, 'November 2026')).toEqual([
    'November 2026',
    '',
    'DAY     TIME            WHAT              SCHEDULE  OUTCOME',
    'Tue  3  02:00           full              nightly   failed (no space)',
    '        06:00 to 10:00  2 x differential  nightly   complete',
    '        11:00           full, by hand     -         complete',
    'Thu 12  05:00           drill             -         will run',
  ]);
  expect(calendarLines([], 'November 2026')).toEqual([
    'Nothing ran in November 2026, and nothing will.',
  ]);
});
