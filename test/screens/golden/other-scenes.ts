import type { SpacePlace } from '../../../protocol/domain/space.ts';
import { jobLog } from '../../../protocol/methods/job.ts';
import { retentionPreview, trashList } from '../../../protocol/methods/retention.ts';
import { spaceRead } from '../../../protocol/methods/space.ts';
import { cannedBackup, cannedJob, cannedNowMs } from '../../support/canned-snapshot.ts';
import type { FakeKedge } from '../../support/fake-kedge.ts';
import { troubled } from './overview-scenes.ts';
import { key, type Scene } from './scene.ts';

const gib = 2 ** 30;

function withJobs(fake: FakeKedge): void {
  fake.snapshot = {
    ...fake.snapshot,
    jobs: [
      cannedJob(),
      cannedJob({
        id: 6,
        title: 'Back up clinic to "external"',
        origin: 'schedule',
        schedule: 'nightly',
        createdAtMs: cannedNowMs - 36_000_000,
        startedAtMs: cannedNowMs - 36_000_000,
        finishedAtMs: cannedNowMs - 35_940_000,
        state: {
          kind: 'failed',
          failure: {
            code: 'io-failed',
            params: { operation: 'write', path: '/mnt/usb', cause: 'no space left on device' },
          },
        },
      }),
      cannedJob({
        id: 5,
        finishedAtMs: cannedNowMs - 86_000_000,
        createdAtMs: cannedNowMs - 86_400_000,
        startedAtMs: cannedNowMs - 86_400_000,
        state: { kind: 'done', result: { kind: 'backup', backup: cannedBackup() } },
      }),
    ],
  };
  fake.answer(jobLog, () => ({
    lines: [
      { atMs: cannedNowMs - 9_000, level: 'info' as const, text: 'reading database' },
      {
        atMs: cannedNowMs - 4_000,
        level: 'warning' as const,
        text: 'uploads/locked.jpg: permission denied',
      },
    ],
  }));
}

export const jobsScenes: readonly Scene[] = [
  { name: 'nothing has run yet', steps: [['All is well', '6'], ['Nothing is running']] },
  { name: 'list', kedge: withJobs, steps: [['Kedge ok', '6'], ['permission denied']] },
  {
    name: 'one at work, with its log',
    kedge: withJobs,
    steps: [['Kedge ok', '6'], ['failed', key.enter], ['permission denied']],
  },
  {
    name: 'one that failed',
    kedge: withJobs,
    steps: [['Kedge ok', '6'], ['failed', 'j', key.enter], [/write/]],
  },
];

const place: SpacePlace = {
  stores: ['local', 'state'],
  path: '/var/backups/clinic',
  state: 'online',
  freeBytes: 23 * gib,
  totalBytes: 100 * gib,
  backupBytes: 40 * gib,
  trashBytes: 2 * gib,
  undoBytes: 0,
  growthBytesPerDay: 2 * gib,
  fullInDays: 11.5,
  offers: [
    {
      kind: 'differentials',
      text: '12 differentials in "local" older than its newest full',
      bytes: 3 * gib,
      count: 12,
      cost: 'the moments between the older fulls, which stay',
      command: 'space.clear',
      args: { what: 'differentials', store: 'local' },
    },
  ],
};

export const destinationsScenes: readonly Scene[] = [
  { name: 'one', steps: [['All is well', '7'], ['40.0 GiB']] },
  {
    name: 'one is offline',
    kedge: troubled,
    steps: [
      ['Kedge ok', '7'],
      ['external', 'j'],
    ],
  },
  {
    name: 'none',
    kedge: (fake) => {
      fake.snapshot = { ...fake.snapshot, stores: [] };
    },
    steps: [['Kedge ok', '7'], ['No destination']],
  },
  {
    name: 'free space',
    kedge: (fake) => fake.answer(spaceRead, () => ({ places: [place] })),
    steps: [['All is well', '7'], ['free space', 's'], ['12 differentials']],
  },
  {
    name: 'what retention would do',
    kedge: (fake) =>
      fake.answer(retentionPreview, () => ({
        lines: [
          {
            backup: 'aaaa',
            verdict: 'stays' as const,
            reason: 'not older than 30 days',
            name: 'new_full.tar.zst',
          },
          {
            backup: 'bbbb',
            verdict: 'goes' as const,
            reason: 'older than 30 days',
            name: 'old_full.tar.zst',
          },
        ],
      })),
    steps: [['All is well', '7'], ['free space', 'g'], ['old_full']],
  },
  {
    name: 'trash',
    kedge: (fake) =>
      fake.answer(trashList, () => ({
        trashed: [
          {
            backup: cannedBackup({ id: 'gone-1', sizeBytes: gib }),
            trashedAtMs: cannedNowMs - 86_400_000,
            reason: 'older than 30 days',
            expiresAtMs: cannedNowMs + 6 * 86_400_000,
            path: '/store/.kedge-trash/2026-11-20T12-00-00Z/clinic-october_full.tar.zst',
          },
        ],
      })),
    steps: [['All is well', '7'], ['free space', 't'], ['clinic-october']],
  },
];
