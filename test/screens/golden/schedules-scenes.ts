import type { CalendarEntry } from '../../../protocol/domain/calendar.ts';
import { calendarRead } from '../../../protocol/methods/calendar.ts';
import { scheduleShow } from '../../../protocol/methods/schedule.ts';
import { cannedNowMs } from '../../support/canned-snapshot.ts';
import type { FakeKedge } from '../../support/fake-kedge.ts';
import { key, type Scene } from './scene.ts';

const hourMs = 3_600_000;
const { enter, tab, clear } = key;

const entries: readonly CalendarEntry[] = [
  {
    atMs: Date.UTC(2026, 10, 20, 2),
    what: 'run',
    schedule: 'nightly',
    kind: 'full',
    outcome: 'complete',
    job: 5,
  },
  {
    atMs: Date.UTC(2026, 10, 20, 6),
    what: 'run',
    schedule: 'nightly',
    kind: 'differential',
    outcome: 'failed',
    job: 6,
    note: 'no space',
  },
  {
    atMs: Date.UTC(2026, 10, 22, 2),
    what: 'run',
    schedule: 'nightly',
    kind: 'full',
    outcome: 'will run',
  },
];

function withTwo(fake: FakeKedge): void {
  const [nightly] = fake.snapshot.schedules;
  if (nightly === undefined) return;
  fake.snapshot = {
    ...fake.snapshot,
    schedules: [
      nightly,
      {
        ...nightly,
        id: 'weekly-to-the-external-drive',
        settings: { ...nightly.settings, paused: true },
        words: 'every sunday at 04:30 (Europe/Berlin)',
        lastRun: { atMs: cannedNowMs - 6 * 86_400_000, job: 2, outcome: 'failed' },
      },
    ],
  };
}

export const schedulesScenes: readonly Scene[] = [
  { name: 'list', kedge: withTwo, steps: [['Kedge ok', '4'], ['weekly-to']] },
  {
    name: 'no schedules',
    kedge: (fake) => {
      fake.snapshot = { ...fake.snapshot, schedules: [] };
    },
    steps: [['Kedge ok', '4'], ['schedule']],
  },
  { name: 'form', steps: [['All is well', '4'], ['nightly', 'e'], ['Schedule nightly']] },
  {
    name: 'form with a fault',
    steps: [
      ['All is well', '4'],
      ['nightly', 'e'],
      ['Schedule nightly', tab, clear, ...'25:00', tab],
      ['25:00'],
    ],
  },
  {
    name: 'runs of a schedule',
    kedge: (fake) => {
      const [schedule] = fake.snapshot.schedules;
      if (schedule === undefined) return;
      fake.answer(scheduleShow, () => ({
        schedule,
        runs: [
          { atMs: cannedNowMs - 9 * hourMs, outcome: 'complete with named gaps' as const, job: 6 },
          {
            atMs: cannedNowMs - 10 * hourMs,
            kind: 'full' as const,
            outcome: 'failed' as const,
            tries: 3,
            note: 'no space left on /var/backups',
          },
        ],
        notes: ['02:30 does not exist on 29 March: it runs at 03:00'],
      }));
    },
    steps: [['All is well', '4'], ['nightly', enter], ['failed']],
  },
  {
    name: 'calendar',
    kedge: (fake) =>
      fake.answer(calendarRead, ({ fromMs, untilMs }) => ({
        entries: entries.filter(({ atMs }) => atMs >= fromMs && atMs < untilMs),
      })),
    steps: [['All is well', '4', 'M'], ['November 2026', key.left], [/06:00 +nightly/]],
  },
];
