import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { startPrivateServer } from '../../../agent/sources/physical/private-server.ts';
import { until } from '../../support/until.ts';

const user = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

test('what a server of its own has started ends with it, also what left its group', async () => {
  const script = `setsid sh -c 'echo "it has $$ below"; sleep 60; true' & wait`;
  const argv = ['/bin/sh', '-c', script];
  const server = startPrivateServer({ argv, user, folder: '/' });
  expect(await server.says('below', AbortSignal.timeout(10_000))).toBe(true);
  const [, pid = ''] = /has (\d+) below/.exec(server.said(1)) ?? [];
  expect(runs(pid)).toBe(true);
  await server[Symbol.asyncDispose]();
  await until(() => !runs(pid));
});

/** One that nobody has taken note of yet has ended, too. */
function runs(pid: string): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}
