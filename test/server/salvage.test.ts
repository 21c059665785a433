import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { salvageHandlers } from '../../agent/server/handlers/salvage-handlers.ts';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { backupSalvage } from '../../protocol/methods/salvage.ts';
import { cannedBackup } from '../support/canned-snapshot.ts';
import { openSession, startKedge } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

test('a damaged file is salvaged by a job, by its path, though nothing lists it', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const { job } = await session.call(backupCreate, { requestId: randomUUID() });
  const { state } = await session.ended(job);
  if (state.kind !== 'done' || state.result.kind !== 'backup') throw new Error('no backup');
  const sound = readFileSync(state.result.backup.path);
  const path = join(folder.path, 'from a broken disk.tar.zst');
  writeFileSync(path, sound.subarray(0, sound.length - 30));

  const to = join(folder.path, 'saved');
  const order = { backup: { kind: 'path', path }, folder: to } as const;
  const salvage = async () =>
    await session.ended(
      (await session.call(backupSalvage, { ...order, requestId: randomUUID() })).job,
    );
  const ended = await salvage();

  expect(ended).toMatchObject({
    kind: 'salvage',
    command: `kedge backup salvage '${path}' --to '${to}'`,
    state: {
      kind: 'done',
      result: { kind: 'salvage', salvage: { folder: to, index: 'found', lost: [] } },
    },
  });
  expect(readFileSync(join(to, '.kedge/salvage.jsonl'), 'utf8')).toContain(
    '"saved":"uploads/1.txt"',
  );
  expect(readFileSync(join(to, 'uploads/1.txt'), 'utf8')).toBe('upload 1\n');

  expect((await salvage()).state).toMatchObject({
    kind: 'failed',
    failure: { code: 'folder-not-empty' },
  });
});

test('what lies on a drive that is not here is refused before a job fails at it', async () => {
  const away = cannedBackup({ presence: 'offline', store: 'usb', path: '/nowhere/a.tar.zst' });
  const daemon = { backups: { resolve: async () => away, all: () => [away] } };
  const order = {
    ...{ requestId: randomUUID(), folder: '/srv/saved' },
    backup: { kind: 'id', id: away.id },
  };
  const { signal } = new AbortController();
  const asker = { socket: '/run/kedge/kedge.sock', role: 'admin' } as const;
  const [salvage] = salvageHandlers;
  await expect(salvage?.run(daemon as never, order, signal, asker)).rejects.toMatchObject({
    failure: { code: 'backup-away' },
  });
});
