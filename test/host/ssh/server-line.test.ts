import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSsh } from '../../../tui/host/ssh/open-ssh.ts';
import { serverLine } from '../../../tui/host/ssh/server-line.ts';
import { fakeSsh } from '../../support/fake-ssh.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';
import { until } from '../../support/until.ts';

const server = { name: 'clinic', destination: 'clinic' };
const stderr = (): void => undefined;
const signal = (): AbortSignal => AbortSignal.timeout(50_000);
const greet = "printf 'kedge-relay 1\\n'";

test('who breaks a question of ssh off has the terminal back when ssh has let go of it', async () => {
  const ssh = fakeSsh();
  const folder = temporaryFolder();
  const [asking, left] = [join(folder, 'asking'), join(folder, 'left')];
  ssh.instead(
    `trap 'sleep 0.3; touch ${left}; exit 255' TERM; touch ${asking}; while :; do sleep 0.05; done`,
  );
  const breakOff = new AbortController();
  const { environment } = ssh;
  const opening = openSsh({ server, environment, questions: true, stderr }, breakOff.signal);
  const ended = expect(opening).rejects.toThrow('enough');
  await until(() => existsSync(asking));
  breakOff.abort(new Error('enough'));
  await ended;
  expect(existsSync(left)).toBe(true);
});

test('a line that breaks before the window takes it is made anew, without a question', async () => {
  const ssh = fakeSsh();
  const { environment } = ssh;
  const line = serverLine(server, environment, stderr);
  ssh.instead(`${greet}; exit 255`);
  await line.ask(signal());
  // Began later, so that the one above is gone when it is.
  const later = await openSsh({ server, environment, questions: false, stderr }, signal());
  await until(() => later.destroyed);
  ssh.instead(`${greet}; exec cat`);
  const stream = await line.dial(signal());
  expect(stream.destroyed).toBe(false);
  stream.destroy();
  expect(ssh.calls().map((call) => call.includes('BatchMode'))).toEqual([false, true, true]);
});

test('of two lines that were asked for the first ends', async () => {
  const ssh = fakeSsh();
  const pids = join(temporaryFolder(), 'pids');
  ssh.instead(`echo $$ >> ${pids}; ${greet}; exec cat`);
  const line = serverLine(server, ssh.environment, stderr);
  await line.ask(signal());
  await line.ask(signal());
  const [first = '', second = ''] = readFileSync(pids, 'utf8').split('\n');
  await until(() => !existsSync(join('/proc', first)));
  const stream = await line.dial(signal());
  expect(existsSync(join('/proc', second))).toBe(true);
  stream.destroy();
  await until(() => !existsSync(join('/proc', second)));
});
