import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import {
  backupCreate,
  backupDelete,
  backupList,
  backupPin,
  backupShow,
  backupUnpin,
} from '../../protocol/methods/backup.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

async function take(session: Session) {
  const { job } = await session.call(backupCreate, { requestId: randomUUID() });
  const { state } = await session.ended(job);
  if (state.kind !== 'done' || state.result.kind !== 'backup') throw new Error(state.kind);
  return state.result.backup;
}

async function remove(session: Session, backup: { id: string; path: string }) {
  const order = { backup: backup.id, confirmation: basename(backup.path) };
  // The verification that follows a backup reads it for a moment.
  return await expect
    .poll(
      async () =>
        await session
          .call(backupDelete, { requestId: randomUUID(), ...order })
          .then(() => 'deleted')
          .catch((error: Error) => error.message),
      { timeout: 30_000 },
    )
    .not.toMatch(/being read/);
}

test('a pinned backup is not deleted, also after a restart, until it is unpinned', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  const backup = await (async () => {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    const made = await take(session);
    const reference = { kind: 'id', id: made.id.slice(0, 8) } as const;
    const order = { requestId: randomUUID(), backup: reference, reason: 'end of the year' };
    const { backup: pinned } = await session.call(backupPin, order);
    expect(pinned.pinned).toBe(true);
    return pinned;
  })();
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const { backups } = await session.call(backupList, { offset: 0, limit: 10 });
  expect(backups.map(({ id, pinned }) => ({ id, pinned }))).toEqual([
    { id: backup.id, pinned: true },
  ]);
  const order = { backup: backup.id, confirmation: basename(backup.path) };
  await expect(
    session.call(backupDelete, { requestId: randomUUID(), ...order }),
  ).rejects.toMatchObject({
    failure: {
      code: 'backup-pinned',
      params: { backup: backup.id.slice(0, 8), reason: 'end of the year' },
    },
  });
  expect(existsSync(backup.path)).toBe(true);
  const reference = { kind: 'path', path: backup.path } as const;
  await session.call(backupUnpin, { requestId: randomUUID(), backup: reference });
  const { backup: shown } = await session.call(backupShow, { backup: reference });
  expect(shown).not.toHaveProperty('pinned');
  await remove(session, backup);
  expect(existsSync(backup.path)).toBe(false);
});

test('what is not listed can not be pinned', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const order = { requestId: randomUUID(), backup: { kind: 'id', id: 'nosuch' } } as const;
  await expect(session.call(backupPin, order)).rejects.toMatchObject({
    failure: { code: 'not-found' },
  });
});
