import { expect, test } from 'vitest';
import type { RecoverOrder, RecoverPlan } from '../../protocol/domain/recover.ts';
import { jobShow } from '../../protocol/methods/job.ts';
import { recoverPlan, recoverRun } from '../../protocol/methods/setup.ts';
import { runCli } from '../../tui/cli/run-cli.ts';
import {
  cannedBackup,
  cannedJob,
  cannedNowMs,
  cannedSnapshot,
} from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';

function planOf(order: RecoverOrder, changes: Partial<RecoverPlan> = {}): RecoverPlan {
  return {
    order,
    application: { id: 'clinic', name: 'Clinic' },
    backup: cannedBackup(),
    indexSha256: 'ab',
    skipped: [{ path: '/mnt/usb/old.tar.zst', why: 'it is damaged' }],
    configPath: '/home/app/kedge.jsonc',
    configText: '{}',
    sources: ['db.sqlite', 'uploads'].map((name) => ({
      source: name,
      engine: 'files',
      from: [`/srv/clinic/${name}`],
      to: [`/data/${name}`],
      standing: 'absent',
      bytes: 1_048_576,
    })),
    stores: [{ id: 'local', from: '/backups', to: '/backups', standing: 'missing' }],
    services: [
      { id: 'host', command: '/opt/host', problem: 'a service is started with it: "/opt/host"' },
    ],
    owners: [{ kind: 'user', from: 'clinic (1001)', to: 'app (2001)', members: 12 }],
    missing: [{ kind: 'program', name: '/opt/host', why: 'a service is started with it' }],
    space: [],
    warnings: [],
    obstacles: [],
    ...changes,
  };
}

async function emptyKedge(changes: Partial<RecoverPlan> = {}): Promise<FakeKedge> {
  const { application: _, ...unconfigured } = cannedSnapshot();
  const fake = await startFakeKedge(unconfigured);
  let plan: RecoverPlan | undefined;
  fake.answer(recoverPlan, ({ order }) => {
    plan = planOf(order, changes);
    return { job: 1 };
  });
  fake.answer(recoverRun, () => {
    fake.snapshot = cannedSnapshot();
    fake.notify({ topic: 'config', revision: 'revision-2' });
    return { job: 2 };
  });
  const services = [{ id: 'host', health: 'stopped' }];
  const restore = { outcome: 'restored', downtimeMs: 4_000, notes: [], services } as const;
  fake.answer(jobShow, ({ job }) => {
    const result =
      job === 1 && plan !== undefined
        ? ({ kind: 'recover-plan', plan } as const)
        : ({ kind: 'restore', restore } as const);
    return {
      job: cannedJob({
        id: job,
        kind: job === 1 ? 'plan' : 'recover',
        finishedAtMs: cannedNowMs,
        state: { kind: 'done', result },
      }),
    };
  });
  return fake;
}

const ordersOf = ({ calls }: FakeKedge): readonly unknown[] =>
  calls
    .filter(({ method }) => method === 'recover.plan')
    .map(({ params }) =>
      typeof params === 'object' && params !== null && 'order' in params ? params.order : undefined,
    );

test('flags say where things go and to whom they belong; nothing is asked without a terminal', async () => {
  await using fake = await emptyKedge();
  const recorded = recordingTerminal();
  const flags = ['--map', '/srv=/data', '--owner', 'clinic=app', '--owner', ':1001=:2001'];
  const more = ['--owners', 'me', '--destination', 'local=/mnt/usb', '--socket', fake.socket];
  const code = await runCli(['recover', '/mnt/usb', ...flags, ...more], recorded.terminal);

  // One service does not run.
  expect(code).toBe(3);
  expect(ordersOf(fake)).toEqual([
    {
      paths: ['/mnt/usb'],
      maps: [{ from: '/srv', to: '/data' }],
      owners: [
        { kind: 'user', from: 'clinic', to: 'app' },
        { kind: 'group', from: '1001', to: '2001' },
      ],
      otherOwners: 'me',
      destinations: [{ id: 'local', folder: '/mnt/usb' }],
      replace: false,
    },
  ]);
  for (const words of [
    'db.sqlite: /srv/clinic/db.sqlite -> /data/db.sqlite (1.0 MiB)',
    'old.tar.zst: it is damaged',
    'user clinic (1001) -> app (2001) (12)',
    'program /opt/host: a service is started with it',
    'will not be started',
    'Service host: stopped',
    'Kedge is set up: /home/app/kedge.jsonc',
  ]) {
    expect(recorded.out()).toContain(words);
  }
});

test('--plan only shows; what stands against it is its exit code', async () => {
  await using fake = await emptyKedge({ obstacles: ['something is there already'] });
  const recorded = recordingTerminal();
  const argv = ['recover', '/mnt/usb', '--plan', '--json', '--socket', fake.socket];
  expect(await runCli(argv, recorded.terminal)).toBe(5);
  expect(JSON.parse(recorded.out())).toMatchObject({
    plan: { missing: [{ kind: 'program' }], obstacles: ['something is there already'] },
  });
  expect(fake.calls.map(({ method }) => method)).not.toContain('recover.run');
});

test('on a terminal the folder of it all and missing destinations are asked for, then shown anew', async () => {
  await using fake = await emptyKedge();
  const recorded = recordingTerminal({ tty: true, answers: ['/data/clinic', '/mnt/usb', ''] });
  await runCli(['recover', '/mnt/usb', '--socket', fake.socket], recorded.terminal);

  expect(recorded.asked).toEqual([
    'Where does /srv/clinic go? [/srv/clinic] ',
    'Destination local (/backups) is not here. Folder for it? [leave it offline] ',
    'Recover it so? [Y/n] ',
  ]);
  expect(ordersOf(fake)[1]).toMatchObject({
    maps: [{ from: '/srv/clinic', to: '/data/clinic' }],
    destinations: [{ id: 'local', folder: '/mnt/usb' }],
  });
});

test('what is in the way is only moved aside when the name is typed', async () => {
  await using fake = await emptyKedge();
  const recorded = recordingTerminal();
  const argv = ['recover', '/mnt/usb', '--replace', '--socket', fake.socket];
  expect(await runCli(argv, recorded.terminal)).toBe(2);
  expect(fake.calls.map(({ method }) => method)).not.toContain('recover.run');
  expect(await runCli([...argv, '--confirm', 'Clinic'], recorded.terminal)).toBe(3);
  const run = fake.calls.find(({ method }) => method === 'recover.run');
  expect(run?.params).toMatchObject({ planJob: 1, confirmation: 'Clinic' });
});

test.each([
  [['--map', 'srv=/data'], 'both absolute paths'],
  [['--owner', 'a=:b'], ':OLD=:NEW for groups'],
  [['--at', 'some day'], 'some day'],
])('%j is refused with the form that it takes', async (flags, words) => {
  await using fake = await emptyKedge();
  const recorded = recordingTerminal();
  const argv = ['recover', '/mnt/usb', ...flags, '--socket', fake.socket];
  expect(await runCli(argv, recorded.terminal)).toBe(2);
  expect(recorded.err()).toContain(words);
});

test('one that was interrupted and finished when Kedge started is told, and nothing done again', async () => {
  await using fake = await emptyKedge();
  fake.snapshot = cannedSnapshot({ recovered: ['recovery of job 2: recovered.'] });
  const recorded = recordingTerminal();
  expect(await runCli(['recover', '/mnt/usb', '--socket', fake.socket], recorded.terminal)).toBe(0);
  expect(recorded.out()).toContain('had been interrupted was finished');
  expect(ordersOf(fake)).toEqual([]);
});
