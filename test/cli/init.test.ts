import { expect, test } from 'vitest';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { jobShow } from '../../protocol/methods/job.ts';
import { type Detected, setupDetect, setupWrite } from '../../protocol/methods/setup.ts';
import { runCli } from '../../tui/cli/run-cli.ts';
import { idFrom } from '../../tui/commands/setup/init-answers.ts';
import {
  cannedBackup,
  cannedJob,
  cannedNowMs,
  cannedSnapshot,
} from '../support/canned-snapshot.ts';
import { type FakeKedge, startFakeKedge } from '../support/fake-kedge.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';

const found: Detected = {
  databases: [{ path: '/srv/app/app.db', bytes: 1_048_576, tables: 3 }],
  folders: [{ path: '/srv/app/uploads', bytes: 2_097_152, files: 12 }],
  settings: ['/srv/app/app.ini'],
};

async function emptyKedge(detected: Detected = found): Promise<FakeKedge> {
  const { application: _, ...unconfigured } = cannedSnapshot();
  const fake = await startFakeKedge(unconfigured);
  const verify = {
    frames: 3,
    members: 9,
    contentBytes: 10,
    sha256: 'ab',
    integrity: 'ok',
  } as const;
  fake.answer(setupDetect, () => detected);
  fake.answer(setupWrite, () => ({ path: '/etc/kedge.jsonc', sameDisk: true }));
  fake.answer(backupCreate, () => {
    const verifyOf = (id: number, backup: string) =>
      cannedJob({ id, kind: 'verify', command: `kedge backup verify ${backup.slice(0, 8)}` });
    // Backups of schedules were just sealed, too.
    for (const [id, backup] of ['earlier', cannedBackup().id, 'later'].entries())
      fake.notify({ topic: 'job', job: verifyOf(id + 2, backup) });
    return { job: 1 };
  });
  fake.answer(jobShow, ({ job }) => ({
    job: cannedJob({
      id: job,
      kind: job === 1 ? 'backup' : 'verify',
      finishedAtMs: cannedNowMs,
      state: {
        kind: 'done',
        result:
          job === 1
            ? { kind: 'backup', backup: cannedBackup() }
            : { kind: 'verify', verify: { ...verify, path: `/b/${job}.zst` } },
      },
    }),
  }));
  return fake;
}

function written(fake: FakeKedge): unknown {
  return fake.calls.find((call) => call.method === 'setup.write')?.params;
}

test('with --yes everything found is protected, and the first backup verified', async () => {
  await using fake = await emptyKedge();
  const recorded = recordingTerminal();
  const argv = ['init', '/srv/app', '--name', 'City Clinic', '--to', '/b', '--nightly', '--yes'];
  const zone = ['--zone', 'Europe/Berlin'];
  expect(await runCli([...argv, ...zone, '--socket', fake.socket], recorded.terminal)).toBe(0);
  expect(written(fake)).toMatchObject({
    id: 'city-clinic',
    name: 'City Clinic',
    databases: ['/srv/app/app.db'],
    folders: ['/srv/app/uploads'],
    settings: ['/srv/app/app.ini'],
    destination: '/b',
    nightly: true,
    zone: 'Europe/Berlin',
  });
  expect(recorded.out()).toContain('database /srv/app/app.db (1.0 MiB, 3 tables)');
  expect(recorded.out()).toContain('same disk as the data: a dead disk takes both');
  expect(recorded.out()).toContain('Verified   /b/3.zst');
});

test('on a terminal each find is confirmed, and an empty answer takes what is offered', async () => {
  await using fake = await emptyKedge();
  const answers = ['/srv/app', '', 'n', 'y', '', '/mnt/usb', ''];
  const recorded = recordingTerminal({ tty: true, answers });
  expect(await runCli(['init', '--socket', fake.socket], recorded.terminal)).toBe(0);
  expect(recorded.asked).toHaveLength(answers.length);
  expect(written(fake)).toMatchObject({
    name: 'app',
    databases: ['/srv/app/app.db'],
    folders: [],
    settings: ['/srv/app/app.ini'],
    destination: '/mnt/usb',
    nightly: true,
  });
});

test('named files are taken instead of looking for some', async () => {
  await using fake = await emptyKedge();
  const argv = ['init', '/srv/app', '--database', '/x.db', '--yes', '--socket', fake.socket];
  expect(await runCli(argv, recordingTerminal().terminal)).toBe(0);
  expect(written(fake)).toMatchObject({ databases: ['/x.db'], folders: [], nightly: false });
  expect(fake.calls.map((call) => call.method)).not.toContain('setup.detect');
});

test('of a database server it says what lets Kedge in and what then belongs into the configuration', async () => {
  const sql = ['CREATE ROLE "kedge" LOGIN;'];
  const source = '"database": {"engine":"postgres","database":"NAME","user":"kedge"}';
  const service = '"database": {"manager":"systemd","unit":"postgresql@15-main.service"}';
  const whole = {
    sql: ['CREATE ROLE "kedge" LOGIN REPLICATION;'],
    source: '"server": {"engine":"postgres-server","data":"/var/lib/postgresql/15/main"}',
  };
  const server = {
    product: 'PostgreSQL',
    socket: '/run/postgresql/.s.PGSQL.5432',
    sql,
    source,
    whole,
    service,
  };
  await using fake = await emptyKedge({ ...found, servers: [server] });
  const recorded = recordingTerminal();
  const argv = ['init', '/srv/app', '--to', '/b', '--yes', '--socket', fake.socket];
  expect(await runCli(argv, recorded.terminal)).toBe(0);
  expect(recorded.out()).toContain(
    [
      'PostgreSQL listens at /run/postgresql/.s.PGSQL.5432. To protect a database in it, give Kedge a role there; as its superuser:',
      `  ${sql[0]}`,
      'Then add under "sources" (kedge config edit):',
      `  ${source}`,
      'Or all of the server at once, with its accounts and settings, brought back while it is down. For that instead:',
      `  ${whole.sql[0]}`,
      `  ${whole.source}`,
      'And under "services", so that it is watched, and asked who is connected:',
      `  ${service}`,
    ].join('\n'),
  );
});

test('nothing found is refused with what to do, and nothing is written', async () => {
  await using fake = await emptyKedge({ databases: [], folders: [], settings: [] });
  const recorded = recordingTerminal();
  expect(await runCli(['init', '/srv', '--yes', '--socket', fake.socket], recorded.terminal)).toBe(
    2,
  );
  expect(recorded.err()).toContain('name files with --database');
  expect(recorded.out()).toBe('');
  expect(written(fake)).toBeUndefined();
});

test('without a folder and without anybody to ask, the argument is named', async () => {
  await using fake = await emptyKedge();
  const recorded = recordingTerminal();
  expect(await runCli(['init', '--socket', fake.socket], recorded.terminal)).toBe(2);
  expect(recorded.err()).toContain('folder: missing');
});

test.each([
  ['City Clinic', 'city-clinic'],
  ['Praxis Dr. Weiß & Söhne', 'praxis-dr-weiss-sohne'],
  ['  --x--  ', 'x'],
  ['کلینیک', 'application'],
])('"%s" gets the id "%s"', (name, id) => {
  expect(idFrom(name)).toBe(id);
});
