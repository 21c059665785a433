import { auditList } from '../../../protocol/methods/audit.ts';
import { configGet, configTest } from '../../../protocol/methods/config.ts';
import { doctorRun } from '../../../protocol/methods/doctor.ts';
import { keyStatus } from '../../../protocol/methods/key.ts';
import { cannedNowMs } from '../../support/canned-snapshot.ts';
import { answerConfig, clinicConfig } from '../../support/fake-config.ts';
import type { FakeKedge } from '../../support/fake-kedge.ts';
import { key, type Scene, type Step } from './scene.ts';

const withConfig = (fake: FakeKedge): void => void answerConfig(fake, clinicConfig);
const toForm: readonly Step[] = [
  ['All is well', '8'],
  ['valid and in force', 'f'],
];
/** The row that the filter leaves. */
const find = (text: string): readonly string[] => ['/', ...text, key.enter];

const formScenes: readonly Scene[] = [
  { name: 'configuration as a form', kedge: withConfig, steps: [...toForm, ['+ Add a source']] },
  {
    name: 'a service in the form',
    kedge: withConfig,
    steps: [
      ...toForm,
      ['+ Add a source', ...find('services.host')],
      ['1 of', key.enter],
      ['As it is saved', 'j', 'j'],
      ['clinic-host.service'],
    ],
  },
  {
    name: 'a new source, not finished',
    kedge: withConfig,
    steps: [
      ...toForm,
      ['+ Add a source', ...find('add a source')],
      ['1 of', key.enter],
      ['PostgreSQL database', ...'postgres', key.enter],
      ['Small letters', ...'records', key.enter],
      ['needed'],
    ],
    shows: 'records.database',
  },
  {
    name: 'what is wrong with an entry',
    kedge: withConfig,
    steps: [
      ...toForm,
      ['+ Add a source', ...find('sources.uploads')],
      ['1 of', key.enter],
      ['As it is saved', 'j', key.enter],
      ['It can not be left', key.clear, ...'uploads', key.enter],
      ['must start with'],
    ],
  },
  {
    name: 'removing a destination',
    kedge: withConfig,
    steps: [
      ...toForm,
      ['+ Add a source', ...find('stores.external')],
      ['1 of', 'd'],
      ['schedules.nightly.copyTo'],
    ],
  },
  {
    name: 'test of a source',
    kedge: (fake) => {
      withConfig(fake);
      fake.answer(configTest, () => ({
        findings: [
          {
            area: 'permissions' as const,
            tone: 'ok' as const,
            thing: 'source "uploads"',
            text: 'readable: 3001 files, 50.0 MiB',
          },
        ],
      }));
    },
    steps: [
      ...toForm,
      ['+ Add a source', ...find('sources.uploads')],
      ['1 of', 't'],
      ['readable: 3001 files'],
    ],
  },
];

export const settingsScenes: readonly Scene[] = [
  { name: 'configuration', steps: [['All is well', '8'], ['valid and in force']] },
  {
    name: 'configuration with a fault',
    kedge: (fake) =>
      fake.answer(configGet, () => ({
        path: '/etc/kedge/kedge.jsonc',
        text: '{}',
        revision: 'revision-1',
        problems: [
          {
            line: 12,
            column: 5,
            path: 'schedules.nightly',
            message: '"at" is not a time of day: "25:00"',
          } as never,
        ],
      })),
    steps: [['All is well', '8'], ['25:00']],
  },
  {
    name: 'of the interface',
    steps: [['All is well', '8'], ['valid and in force', 'i'], ['Reduced motion']],
  },
  ...formScenes,
  {
    name: 'encryption, on',
    kedge: (fake) =>
      fake.answer(keyStatus, () => ({
        ...{ enabled: true, writeOnly: false, provenAtMs: cannedNowMs - 86_400_000 },
        recoveryKey: 'age1qyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqszqgpqyqs3290gq',
        own: 'age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg',
      })),
    steps: [['All is well', '8'], ['valid and in force', 'k'], ['age1lggy']],
  },
  {
    name: 'encryption, off',
    kedge: (fake) => fake.answer(keyStatus, () => ({ enabled: false, writeOnly: false })),
    steps: [['All is well', '8'], ['valid and in force', 'k'], ['kedge key create']],
  },
  {
    name: 'audit, with others who are here',
    kedge: (fake) => {
      fake.snapshot = {
        ...fake.snapshot,
        people: [
          { session: 1, role: 'admin', view: 'settings', user: 'root', sinceMs: cannedNowMs },
          {
            session: 2,
            role: 'operator',
            view: 'services',
            user: 'ali',
            tty: 'pts/2',
            sinceMs: cannedNowMs,
          },
          {
            session: 3,
            role: 'viewer',
            view: 'overview',
            user: 'mina',
            tty: 'pts/5',
            sinceMs: cannedNowMs,
          },
        ],
      };
      fake.answer(auditList, () => ({
        entries: [
          {
            id: 2,
            atMs: cannedNowMs - 60_000,
            method: 'backup.delete',
            params: { backup: '0f3a9c1e5b7d2468' },
            socket: '/run/kedge/operator.sock',
            role: 'operator' as const,
            claimedUser: 'ali',
            tty: 'pts/2',
            client: 'kedge',
            outcome: { kind: 'failed' as const, code: 'forbidden' },
          },
          {
            id: 1,
            atMs: cannedNowMs - 3_600_000,
            method: 'backup.create',
            params: { name: 'before update' },
            socket: '/run/kedge/kedge.sock',
            role: 'admin' as const,
            claimedUser: 'root',
            outcome: { kind: 'done' as const, job: 21 },
          },
        ],
        more: false,
      }));
    },
    steps: [['All is well', '8'], ['valid and in force', 'u'], ['backup.create']],
  },
  {
    name: 'doctor',
    kedge: (fake) =>
      fake.answer(doctorRun, () => ({
        findings: [
          { area: 'kedge' as const, tone: 'ok' as const, thing: 'Kedge', text: 'runs' },
          {
            area: 'permissions' as const,
            tone: 'bad' as const,
            thing: '/var/lib/kedge',
            text: "Kedge's own records can not be written",
            why: 'Without its records Kedge can do nothing.',
            cure: 'Give the folder back to it.',
            command: "sudo chown -R 998 '/var/lib/kedge'",
          },
        ],
      })),
    steps: [['All is well', '8'], ['Doctor', 'd'], ['Give the folder back']],
  },
];
