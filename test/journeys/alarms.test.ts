import { execFile } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { type HttpSink, startHttpSink } from '../support/http-sink.ts';
import { openSession, type RunningKedge } from '../support/kedge.ts';
import { type MailSink, startMailSink } from '../support/mail-sink.ts';
import { startQuickKedge } from '../support/quick-kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { testWithDisks } from '../support/small-disks.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { openTerminal } from '../support/tmux.ts';
import { until } from '../support/until.ts';

const run = promisify(execFile);
const kedgeProgram = fileURLToPath(new URL('../../tui/kedge', import.meta.url));
const secret = 'shared';

/** A Kedge that alone sees its destination mounted: by others the empty mount point is seen. */
async function startWithMount(home: string, store: string): Promise<RunningKedge> {
  renameSync(store, `${store}.drive`);
  mkdirSync(store);
  return await startQuickKedge(home, mountLine(store));
}

function mountLine(store: string): string {
  return `mount --bind '${store}.drive' '${store}'`;
}

async function inside({ process: { pid } }: RunningKedge, line: string): Promise<void> {
  const enter = ['-t', String(pid), '-U', '-m', '--preserve-credentials'];
  await run('nsenter', [...enter, 'sh', '-c', line]);
}

/** This Kedge looks at its destination 150 times as often as others do; a drive is busy for that millisecond. */
async function unmount(kedge: RunningKedge, store: string): Promise<void> {
  await until(
    async () =>
      await inside(kedge, `umount '${store}'`).then(
        () => true,
        (error: Error) => {
          if (error.message.includes('target is busy')) return false;
          throw error;
        },
      ),
  );
}

async function cli(home: string, ...words: readonly string[]) {
  const env = { ...process.env, KEDGE_HOME: home };
  return await run('sh', [kedgeProgram, ...words], { env }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    (error: { code: number; stdout: string }) => ({ code: error.code, stdout: error.stdout }),
  );
}

/** What was told of the destination by both routes, in order. */
function told(hooks: HttpSink, mails: MailSink) {
  const bodies = hooks.received.map(({ body }) => JSON.parse(body));
  return {
    hooks: bodies.filter(({ alarm }) => alarm?.key === 'store-local').map(({ what }) => what),
    mails: mails.mails
      .map(({ subject }) => subject)
      .filter((subject) => /(ERROR|cured): destination "local" is offline/.test(subject))
      .map((subject) => (subject.includes('cured: ') ? 'cured' : 'open')),
  };
}

testWithDisks()(
  'a destination is unmounted: one alarm on screen, by webhook and by mail, nothing written; mounted again: cured',
  async () => {
    using folder = tempFolder();
    await using hooks = await startHttpSink();
    await using mails = await startMailSink();
    const secretPath = join(folder.path, 'secret');
    writeFileSync(secretPath, secret, { mode: 0o600 });
    const store = join(folder.path, 'backups');
    const chat = { kind: 'webhook', url: hooks.url, secret: { file: secretPath } };
    const ops = {
      kind: 'mail',
      host: '127.0.0.1',
      port: mails.port,
      security: 'none',
      from: 'kedge@shop.example',
      to: ['ops@shop.example'],
    };
    const app = await makeSmallApplication(folder.path, {
      stores: { local: { kind: 'local', path: store, requireMount: true } },
      schedules: {
        nightly: { full: { every: 'day', at: '02:00' }, store: 'local', zone: 'UTC' },
      },
      alarms: { routes: { chat, ops } },
    });
    await using kedge = await startWithMount(app.home, store);
    using session = await openSession(kedge.socket);
    const { job } = await session.call(backupCreate, { requestId: randomUUID() });
    expect((await session.ended(job)).state.kind).toBe('done');
    await using terminal = await openTerminal({
      columns: 80,
      rows: 24,
      environment: { KEDGE_HOME: app.home, XDG_STATE_HOME: folder.path, LANG: 'C.UTF-8' },
      command: ['sh', kedgeProgram],
    });
    await terminal.shows('All is well');

    await unmount(kedge, store);
    await terminal.shows('1 error');
    await terminal.press(']');
    await terminal.shows('[JOBS');
    await terminal.press('{', '{', 'F6');
    await terminal.shows(/\[PROBLEMS 1\][\s\S]*> ERROR +destination "local" is offline/);
    await terminal.shows('Mount it. Nothing is written there until then.');
    await until(() => hooks.received.length === 1 && mails.mails.length === 1);
    const again = await session.call(backupCreate, { requestId: randomUUID() });
    expect((await session.ended(again.job)).state.kind).toBe('failed');
    // That it failed is an alarm of its own.
    await until(() => mails.mails.length === 2);
    expect(readdirSync(store)).toEqual([]);
    expect(told(hooks, mails)).toEqual({ hooks: ['open'], mails: ['open'] });
    await terminal.press('a');
    await terminal.shows(/ {2}seen +destination "local" is offline/);
    const listed = JSON.parse((await cli(app.home, 'alarm', 'list', '--json')).stdout);
    expect(listed.alarms.at(-1)).toMatchObject({ key: 'store-local', state: 'acknowledged' });

    await inside(kedge, mountLine(store));
    await until(() => told(hooks, mails).hooks.includes('cured'));
    await until(() => told(hooks, mails).mails.includes('cured'));
    await terminal.hides('seen ');
    expect(await cli(app.home, 'alarm', 'test')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/chat: told\nops: told/),
    });
    expect(told(hooks, mails)).toEqual({ hooks: ['open', 'cured'], mails: ['open', 'cured'] });
    const [first] = hooks.received;
    const [, seconds, signature] =
      /^t=(\d+),v1=(\w+)$/.exec(String(first?.headers['kedge-signature'])) ?? [];
    const own = createHmac('sha256', secret).update(`${seconds}.${first?.body}`).digest('hex');
    expect(signature).toBe(own);

    await mails[Symbol.asyncDispose]();
    expect(await cli(app.home, 'alarm', 'test', 'ops')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('ops: FAILED: '),
    });
    expect(readdirSync(store)).toEqual([]);
  },
  180_000,
);
