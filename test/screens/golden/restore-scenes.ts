import type { UndoPreview } from '../../../protocol/domain/undo-preview.ts';
import { backupBrowse } from '../../../protocol/methods/backup.ts';
import { restorePlan, undoPreview } from '../../../protocol/methods/restore.ts';
import { backupRows } from '../../../protocol/methods/rows.ts';
import { cannedPlan } from '../../support/answer-everything.ts';
import { cannedJob, cannedNowMs } from '../../support/canned-snapshot.ts';
import type { FakeKedge } from '../../support/fake-kedge.ts';
import type { TestWorkbench } from '../../support/test-workbench.ts';
import { key, type Scene, type Step } from './scene.ts';

const newest = 'clinic 2026-11-21 11:00:00';
const { enter, tab, backTab } = key;
const toPlan: readonly Step[] = [
  ['Kedge ok', '3'],
  [newest, enter],
];

const undo = {
  id: '11223344-undo',
  job: 7,
  createdAtMs: cannedNowMs - 3_600_000,
  expiresAtMs: cannedNowMs + 6 * 86_400_000,
  bytes: 157_000_000,
  title: 'Restore of clinic_2026-11-21T02-00-00+0000_full.tar.zst',
  state: 'ready',
} as const;

const preview: UndoPreview = {
  undo: { ...undo, safety: '77665544-0000' },
  createdAtMs: cannedNowMs,
  application: 'Clinic',
  changes: [
    {
      source: 'database',
      engine: 'sqlite',
      live: '/srv/clinic/clinic.db',
      bytes: 1,
      tables: [
        { table: 'patients', backupRows: 5, liveRows: 7, inserted: 3, changed: 1, deleted: 1 },
      ],
    },
  ],
  written: { kind: 'known', changes: [] },
  services: [{ id: 'host', willStop: true }],
  keepInstead: 'kedge restore run 77665544 --keep-newer',
};

function withUndo(fake: FakeKedge): void {
  fake.snapshot = { ...fake.snapshot, undos: [undo] };
}

function withRestore(state: 'running' | 'done' | 'failed'): (fake: FakeKedge) => void {
  const job = cannedJob({
    id: 24,
    kind: 'restore',
    title: 'Restore clinic',
    command: 'kedge restore run backup-0000',
    state: {
      running: {
        kind: 'running',
        progress: {
          step: 'exchanging database',
          bytesDone: 41_943_040,
          bytesTotal: 104_857_600,
          rate: 20_971_520,
          etaSeconds: 3,
          cancellable: false,
        },
      },
      done: {
        kind: 'done',
        result: {
          kind: 'restore',
          restore: {
            outcome: 'restored',
            backup: 'backup-0000',
            undo: undo.id,
            undoExpiresAtMs: undo.expiresAtMs,
            downtimeMs: 12_600,
            notes: ['host answered after 4 s'],
          },
        },
      },
      failed: {
        kind: 'failed',
        failure: { code: 'timed-out', params: { what: 'the health of "host"', seconds: 60 } },
      },
    }[state] as never,
    ...(state === 'running' ? {} : { finishedAtMs: cannedNowMs - 1_000 }),
  });
  return (fake) => {
    withUndo(fake);
    fake.snapshot = { ...fake.snapshot, jobs: [job] };
  };
}

/** One at work is opened by the screen itself, one that is over by nobody. */
function openJob({ running }: TestWorkbench): void {
  running.bench.updateUi((ui) => ({
    ...ui,
    pages: { ...ui.pages, restore: { kind: 'restore', job: 24 } },
  }));
}

const toJob: readonly Step[] = [['Kedge ok', '3']];

export const restoreScenes: readonly Scene[] = [
  { name: 'what to bring back', kedge: withUndo, steps: [['Kedge ok', '3'], [newest]] },
  { name: 'days', steps: [['Kedge ok', '3'], [newest, '@'], ['2 good of 3']] },
  {
    name: 'times of a day',
    steps: [['Kedge ok', '3'], [newest, '@'], ['2 good of 3', enter], ['it is damaged: frame 3']],
  },
  { name: 'plan', steps: [...toPlan, ['214 new, 31 changed rows']] },
  {
    name: 'plan that cannot be run',
    kedge: (fake) =>
      fake.answer(restorePlan, () => {
        const plan = cannedPlan({
          obstacles: ['"/srv" has 190 MiB free and 200 MiB are needed'],
          warnings: ['the application was 4.1 then and is 4.2 now'],
        });
        const state = { kind: 'done', result: { kind: 'plan', plan } } as const;
        fake.notify({
          topic: 'job',
          job: cannedJob({ id: 23, kind: 'plan', title: 'Plan a restore', state }),
        });
        return { job: 23 };
      }),
    steps: [...toPlan, ['190 MiB free']],
  },
  {
    name: 'the name is typed',
    steps: [...toPlan, ['Clinic goes back to', tab, tab, enter], ['Type Clinic', ...'Clin']],
  },
  {
    name: 'to a folder',
    steps: [...toPlan, ['Since then', backTab, backTab, enter], ['new or empty', ...'/tmp/look']],
  },
  {
    name: 'only a part: sources',
    steps: [...toPlan, ['Since then', backTab, enter], ['Sources in this backup']],
  },
  {
    name: 'only a part: files',
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
    steps: [
      ...toPlan,
      ['Since then', backTab, enter],
      ['Sources in this backup', 'j', enter],
      ['scan 1.jpg'],
    ],
  },
  {
    name: 'only a part: rows',
    kedge: (fake) =>
      fake.answer(backupRows, () => ({
        kind: 'rows' as const,
        table: { table: 'patients', rows: 6_000, columns: ['id', 'name', 'born'], key: ['id'] },
        page: {
          rows: ['Ada Lovelace', 'Bo Diddley', 'Cleo de Merode'].map((name, at) => ({
            key: [at + 1],
            cells: [String(at + 1), name, '1980-01-01'].map((text) => ({
              kind: 'text' as const,
              text,
            })),
          })),
          next: [3],
        },
      })),
    steps: [
      ...toPlan,
      ['Since then', backTab, enter],
      ['Sources in this backup', enter],
      ['patients ', enter],
      ['Bo Diddley', ' '],
      ['1 marked'],
    ],
  },
  {
    name: 'at work',
    kedge: withRestore('running'),
    steps: toJob,
    after: openJob,
    shows: 'exchanging database',
  },
  {
    name: 'done',
    kedge: withRestore('done'),
    steps: toJob,
    after: openJob,
    shows: 'answered after 4 s',
  },
  {
    name: 'failed',
    kedge: withRestore('failed'),
    steps: toJob,
    after: openJob,
    shows: 'did not finish within',
  },
  {
    name: 'an undo and what it would lose',
    kedge: (fake) => {
      withUndo(fake);
      fake.answer(undoPreview, () => {
        const state = { kind: 'done', result: { kind: 'undo-preview', preview } } as const;
        fake.notify({
          topic: 'job',
          job: cannedJob({ id: 40, kind: 'plan', title: 'Look at an undo', state }),
        });
        return { job: 40 };
      });
    },
    steps: [['Kedge ok', '3'], [newest, tab, enter], ['patients']],
  },
];
