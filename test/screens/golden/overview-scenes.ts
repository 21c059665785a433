import type { Report } from '../../../protocol/domain/report.ts';
import type { Service } from '../../../protocol/domain/service.ts';
import { reportRead } from '../../../protocol/methods/report.ts';
import { cannedBackup, cannedJob, cannedNowMs } from '../../support/canned-snapshot.ts';
import type { FakeKedge } from '../../support/fake-kedge.ts';
import type { Scene } from './scene.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;

const report: Report = {
  application: 'Clinic',
  host: 'server1',
  fromMs: cannedNowMs - 7 * dayMs,
  untilMs: cannedNowMs,
  schedules: [],
  newestGood: cannedBackup(),
  verified: 9,
  damaged: 1,
  unverified: 0,
  bytesBefore: 4_000_000_000,
  bytesNow: 5_000_000_000,
  space: [],
  alarms: [],
};

/** A service is ill, a destination is offline, a job runs. */
export function troubled(fake: FakeKedge): void {
  const [host, agent] = fake.snapshot.services;
  const [store] = fake.snapshot.stores;
  if (host === undefined || agent === undefined || store === undefined) return;
  const ill: Service = {
    ...host,
    health: 'ill',
    why: 'GET /health gave 503',
    badSinceMs: cannedNowMs - 40_000,
    sinceMs: cannedNowMs - 30_000,
  };
  fake.snapshot = {
    ...fake.snapshot,
    services: [ill, { ...agent, health: 'flapping', why: 'exit 3: cannot open database' }],
    stores: [
      store,
      {
        id: 'external',
        kind: 'local',
        path: '/mnt/usb/backups',
        state: 'offline',
        why: 'the marker file is not there: the drive may not be mounted',
        backups: 12,
        bytes: 9_000_000_000,
      },
    ],
    jobs: [
      cannedJob(),
      cannedJob({ id: 8, title: 'Verify clinic', kind: 'verify', state: { kind: 'queued' } }),
    ],
    problems: [
      {
        id: 'store-external',
        severity: 'error',
        sinceMs: cannedNowMs - 3 * minuteMs,
        text: 'destination "external" is offline',
        place: '/mnt/usb/backups',
        hint: 'Mount the drive, or remove the destination from the configuration.',
      },
      {
        id: 'drill-late',
        severity: 'warning',
        sinceMs: cannedNowMs - 2 * dayMs,
        text: 'no drill has passed for 16 days',
        hint: 'Press p on a backup to prove it now.',
      },
    ],
    recovered: ['A restore that was cut off was rolled back: nothing was lost.'],
  };
}

export const overviewScenes: readonly Scene[] = [
  { name: 'all is well', steps: [['All is well']] },
  { name: 'troubles, and a job at work', kedge: troubled, steps: [['host is ill']] },
  {
    name: 'in the demo, proven',
    kedge: (fake) => {
      fake.snapshot = {
        ...fake.snapshot,
        demo: { home: '/home/ali/.local/state/kedge-demo', url: 'http://127.0.0.1:8321/' },
        lastProven: cannedBackup({ id: 'proven-1', capturedAtMs: cannedNowMs - 2 * dayMs }),
        checkpoints: [
          cannedBackup({
            id: 'check-1',
            origin: 'checkpoint',
            path: '/var/backups/clinic/before update 4.3.tar.zst',
            capturedAtMs: cannedNowMs - 2 * 3_600_000,
          }),
        ],
      };
    },
    steps: [['All is well']],
  },
  {
    name: 'no application yet',
    kedge: (fake) => {
      const { application: _none, ...rest } = fake.snapshot;
      fake.snapshot = { ...rest, sources: [], stores: [], services: [], schedules: [] };
    },
    steps: [['no application yet']],
  },
  {
    name: 'report of the week',
    kedge: (fake) => fake.answer(reportRead, () => ({ report })),
    steps: [['All is well', 'w'], ['Newest good']],
  },
];
