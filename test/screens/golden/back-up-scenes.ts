import type { BackupDiff } from '../../../protocol/domain/diff.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import {
  backupBrowse,
  backupEstimate,
  backupList,
  backupShow,
} from '../../../protocol/methods/backup.ts';
import { backupDiff, backupDiffEntries } from '../../../protocol/methods/diff.ts';
import { cannedEstimate } from '../../support/answer-everything.ts';
import { cannedBackup, cannedJob, cannedNowMs } from '../../support/canned-snapshot.ts';
import type { FakeKedge } from '../../support/fake-kedge.ts';
import { key, type Scene } from './scene.ts';

const newest = 'clinic 2026-11-21 11:00:00';

const diff: BackupDiff = {
  before: {
    backup: 'a',
    path: '/backups/then_full.tar.zst',
    capturedAtMs: cannedNowMs - 86_400_000,
  },
  after: { backup: 'b', path: '/backups/now_full.tar.zst', capturedAtMs: cannedNowMs },
  sources: [
    {
      source: 'uploads',
      engine: 'files',
      before: { members: 2, bytes: 10 },
      after: { members: 300, bytes: 3_000 },
      removed: { members: 1, bytes: 5 },
      changed: { members: 0, bytes: 0 },
      added: { members: 299, bytes: 2_995 },
      examples: [
        {
          change: 'removed',
          name: 'uploads/letter.txt',
          before: { kind: 'file', sizeBytes: 5, modifiedMs: 0 },
        },
      ],
      databases: [],
    },
  ],
  entries: 300,
  databases: 0,
  rows: false,
};

/** Backups of every kind: damaged, with gaps, not yet verified, of a second destination. */
const mixed = [
  cannedBackup({ id: 'm-1', integrity: 'pending', proof: { kind: 'sealed' } }),
  cannedBackup({
    id: 'm-2',
    kind: 'differential',
    capturedAtMs: cannedNowMs - 7_200_000,
    path: '/var/backups/clinic/clinic_2026-11-21T10-00-00+0000_diff.tar.zst',
    sizeBytes: 204_800,
    outcome: 'complete with named gaps',
    gaps: [{ kind: 'file', source: 'uploads', path: 'locked.jpg', reason: 'permission denied' }],
  }),
  cannedBackup({
    id: 'm-3',
    capturedAtMs: cannedNowMs - 90_000_000,
    path: '/mnt/usb/backups/before the update.tar.zst',
    integrity: 'damaged',
    proof: { kind: 'damaged', atMs: cannedNowMs - 80_000_000, problem: 'frame 3 does not match' },
  }),
];

function withMixed(fake: FakeKedge): void {
  fake.answer(backupList, () => ({ total: mixed.length, backups: [...mixed] }));
  fake.answer(backupShow, ({ backup }) => ({
    backup: mixed.find((one) => backup.kind === 'id' && one.id === backup.id) ?? cannedBackup(),
  }));
}

export const backUpScenes: readonly Scene[] = [
  { name: 'list', steps: [['All is well', '2'], [newest, 'j'], [/> clinic 2026-11-21 10:00/]] },
  {
    name: 'form',
    steps: [
      ['All is well', 'b'],
      ['about 50.0 MiB', ...'before update'],
    ],
  },
  {
    name: 'form, another folder and no room',
    kedge: (fake) =>
      fake.answer(backupEstimate, ({ destination }) => {
        if (destination?.kind !== 'folder') return cannedEstimate;
        throw new KedgeError('io-failed', {
          operation: 'write',
          path: '/mnt/usb',
          cause: 'no such file or directory',
        });
      }),
    steps: [
      ['All is well', 'b', key.tab, key.right],
      ['another folder', key.tab, ...'/mnt/usb'],
      ['no such file'],
    ],
  },
  {
    name: 'a backup at work',
    kedge: (fake) => {
      fake.snapshot = { ...fake.snapshot, jobs: [cannedJob()] };
    },
    steps: [['Kedge ok', '2'], [newest]],
  },
  {
    name: 'backups of all kinds',
    kedge: withMixed,
    steps: [['Kedge ok', '2'], ['before the update']],
  },
  {
    name: 'details of one with gaps',
    kedge: withMixed,
    steps: [['Kedge ok', '2'], ['before the update', 'j', key.enter], ['locked.jpg']],
  },
  {
    name: 'what is in one',
    kedge: (fake) =>
      fake.answer(backupBrowse, () => ({
        entries: [
          {
            name: '2026',
            kind: 'directory' as const,
            sizeBytes: 0,
            modifiedMs: cannedNowMs - 86_400_000,
          },
          {
            name: 'scan 1.jpg',
            kind: 'file' as const,
            sizeBytes: 2_048,
            modifiedMs: cannedNowMs - 600_000,
          },
        ],
        total: 2,
      })),
    steps: [['All is well', '2'], [newest, 'o'], ['scan 1.jpg']],
  },
  {
    name: 'no backups',
    kedge: (fake) => {
      fake.answer(backupList, () => ({ total: 0, backups: [] }));
      fake.snapshot = { ...fake.snapshot, backupCount: 0 };
    },
    steps: [['Kedge ok', '2'], ['Back up now']],
  },
  {
    name: 'what to compare with',
    steps: [['All is well', '2'], [newest, '='], ['Compare clinic']],
  },
  {
    name: 'what differs',
    kedge: (fake) => {
      fake.answer(backupDiffEntries, () => ({
        entries: diff.sources.flatMap(({ examples }) => examples),
      }));
      fake.answer(backupDiff, () => {
        const state = { kind: 'done', result: { kind: 'diff', diff } } as const;
        fake.notify({
          topic: 'job',
          job: cannedJob({ id: 30, kind: 'diff', title: 'Compare two backups', state }),
        });
        return { job: 30 };
      });
    },
    steps: [
      ['All is well', '2'],
      [newest, '='],
      ['Compare clinic', key.enter],
      ['uploads/letter.txt'],
    ],
  },
];
