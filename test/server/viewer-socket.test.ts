import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { backupBrowse, backupCreate, backupList } from '../../protocol/methods/backup.ts';
import { configGet } from '../../protocol/methods/config.ts';
import { metricsRead } from '../../protocol/methods/report.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import { openSession, startKedge } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('through the socket for viewers all that goes on is seen, and nothing changed or read of files', async () => {
  using folder = tempFolder();
  const socket = join(folder.path, 'show', 'kedge.sock');
  const isRoot = process.geteuid?.() === 0;
  const viewers = isRoot ? { socket, group: 'nogroup' } : { socket };
  const app = await makeSmallApplication(folder.path, { viewers });
  await using kedge = await startKedge(app.home);
  await expect
    .poll(() => accessOf(socket), { timeout: 30_000 })
    .toEqual(isRoot ? [0o660, 65_534] : [0o600, process.getegid?.()]);
  using viewer = await openSession(socket);

  expect((await viewer.call(snapshotGet, {})).application?.id).toBe('shop');
  expect((await viewer.call(metricsRead, {})).text).toContain('kedge_');
  const list = { offset: 0, limit: 1 };
  expect((await viewer.call(backupList, list)).total).toBe(0);
  const refused = /you are viewer/;
  await expect(viewer.call(backupCreate, { requestId: randomUUID() })).rejects.toThrow(refused);
  await expect(viewer.call(configGet, {})).rejects.toThrow(refused);
  const browse = { backup: { kind: 'path', path: '/etc/shadow' }, path: '' } as const;
  await expect(viewer.call(backupBrowse, { ...browse, ...list })).rejects.toThrow(refused);

  const raw = new WebSocket(`ws+unix:${socket}:/`);
  await once(raw, 'open');
  raw.send(Buffer.from('bytes'));
  expect((await once(raw, 'close'))[0]).toBe(1008);

  using admin = await openSession(kedge.socket);
  const { job } = await admin.call(backupCreate, { requestId: randomUUID() });
  await viewer.until(
    ({ change }) =>
      change.topic === 'job' && change.job.id === job && change.job.state.kind === 'done',
  );
});

test('a file that is no socket is not taken for one that was left', async () => {
  using folder = tempFolder();
  const socket = join(folder.path, 'letters.txt');
  writeFileSync(socket, 'dear Ali');
  const app = await makeSmallApplication(folder.path, { viewers: { socket } });
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);

  await expect
    .poll(async () => (await session.call(snapshotGet, {})).problems, { timeout: 30_000 })
    .toContainEqual(expect.objectContaining({ id: 'viewer-socket', place: socket }));
  expect(readFileSync(socket, 'utf8')).toBe('dear Ali');
});

function accessOf(path: string): readonly number[] | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? undefined : [found.mode & 0o777, found.gid];
}
