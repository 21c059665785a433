import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { runCli } from '../../tui/cli/run-cli.ts';
import { openSession, startKedge } from '../support/kedge.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';
import { makeSmallApplication, type SmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Each of them somewhere else; all begin so. */
const secret = (where: string): string => `Xq9-${where}-hunter2`;

/** Services that tell a secret as they die, a backup that fails, and secrets wherever there may be any. */
async function applicationWithSecrets(folder: string): Promise<SmallApplication> {
  const file = join(folder, 'webhook-secret');
  writeFileSync(file, `${secret('file')}\n`, { mode: 0o600 });
  const says = `echo "cannot log in with $DB_PASSWORD and ${secret('argv')}" >&2; exit 3`;
  return await makeSmallApplication(folder, {
    services: {
      host: {
        manager: 'process',
        role: 'host',
        command: ['/bin/sh', '-c', says],
        environment: { DB_PASSWORD: secret('environment') },
        probes: [
          { kind: 'http', url: `http://me:${secret('login')}@127.0.0.1:9/${secret('path')}` },
        ],
        autoStart: true,
      },
    },
    alarms: {
      routes: {
        chat: {
          kind: 'webhook',
          url: `http://127.0.0.1:9/${secret('webhook')}?key=${secret('query')}`,
          secret: { file },
        },
        watch: { kind: 'ping', url: `http://127.0.0.1:9/${secret('ping')}` },
        mail: {
          kind: 'mail',
          host: '127.0.0.1',
          port: 9,
          user: secret('user'),
          password: { env: 'TEST_MAIL_PASSWORD' },
          from: `${secret('from')}@example.org`,
          to: ['ops@example.org'],
        },
        run: { kind: 'command', command: ['/bin/false', `--token=${secret('command')}`] },
      },
    },
  });
}

function allTextsIn(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${name}\n${readFileSync(join(parentPath, name), 'utf8')}`)
    .join('\n');
}

test('a bundle holds what helps, and none of the secrets of configuration, files, logs and data', async () => {
  using folder = tempFolder();
  const app = await applicationWithSecrets(folder.path);
  const rows = new Database(app.database);
  rows.exec(`insert into orders (item) values ('${secret('row')}')`);
  rows.close();
  writeFileSync(join(app.uploads, 'note.txt'), secret('upload'));
  process.env['TEST_MAIL_PASSWORD'] = secret('variable');
  await using kedge = await startKedge(app.home);
  delete process.env['TEST_MAIL_PASSWORD'];
  using session = await openSession(kedge.socket);
  const { job } = await session.call(backupCreate, { requestId: crypto.randomUUID() });
  await session.ended(job);
  const logs = join(app.home, 'state', 'jobs');
  const line = { atMs: 0, level: 'info', text: `${secret('file')} ${secret('environment')}` };
  writeFileSync(join(logs, `${job}.log`), `${JSON.stringify(line)}\n`, { flag: 'a' });
  await session.until(
    ({ change }) =>
      change.topic === 'services' && change.services.some(({ why }) => why.includes('cannot log')),
  );

  const out = join(folder.path, 'out');
  mkdirSync(out);
  const recorded = recordingTerminal({ tty: true, answers: ['y'] });
  const argv = ['--socket', kedge.socket, 'support', '--out', `${out}/`];
  expect(await runCli(argv, recorded.terminal), recorded.err()).toBe(0);
  const [name = ''] = readdirSync(out);
  expect(readdirSync(out)).toHaveLength(1);
  expect(statSync(join(out, name)).mode & 0o777).toBe(0o600);
  execFileSync('tar', ['-xzf', join(out, name), '-C', out]);
  const bundle = join(out, name.replace('.tar.gz', ''));
  const listed = execFileSync('find', ['.', '-type', 'f'], { cwd: bundle, encoding: 'utf8' });
  const shown = recorded.out();
  for (const file of listed.trim().split('\n')) expect(shown).toContain(file.slice(2));

  const texts = `${allTextsIn(bundle)}${shown}`;
  const inBase64 = Buffer.from('Xq9-').toString('base64').slice(0, 5);
  const leaks = new RegExp(`.{0,80}(?:Xq9-|hunter2|${inBase64}|AGE-SECRET-KEY).{0,20}`, 'g');
  expect(texts.match(leaks)).toBeNull();
  const health = readFileSync(join(bundle, 'health-history.json'), 'utf8');
  expect(health).toContain('cannot log in with [hidden]');
  expect(readFileSync(join(bundle, 'jobs', `${job}.log`), 'utf8')).toContain('[hidden] [hidden]');
  const json = (file: string) => JSON.parse(readFileSync(join(bundle, file), 'utf8'));
  expect(json('jobs.json')).toContainEqual(expect.objectContaining({ id: job, state: 'done' }));
  expect(json('backups.json')).toEqual([expect.objectContaining({ kind: 'full' })]);
  expect(json('configuration.json').sources.database.path).toBe(app.database);
  expect(json('doctor.json').length).toBeGreaterThan(10);
});

test('nothing is written before somebody agrees, nor over another file', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  const path = join(folder.path, 'bundle.tar.gz');
  const argv = ['--socket', kedge.socket, 'support', '--out', path];
  const no = recordingTerminal({ tty: true, answers: ['n'] });
  expect(await runCli(argv, no.terminal)).toBe(130);
  expect(no.asked.join('')).toContain(path);
  const nobody = recordingTerminal();
  expect(await runCli(argv, nobody.terminal)).toBe(2);
  expect(nobody.err()).toContain('--yes');
  expect(readdirSync(folder.path)).not.toContain('bundle.tar.gz');
  writeFileSync(path, 'mine');
  expect(await runCli([...argv, '--yes'], recordingTerminal().terminal)).toBe(5);
  expect(readFileSync(path, 'utf8')).toBe('mine');
  expect(readdirSync(folder.path)).not.toContain('bundle.tar.gz.part');
});
