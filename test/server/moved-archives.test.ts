import { randomUUID } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backupCreate, backupDelete, backupList } from '../../protocol/methods/backup.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

async function backUp(session: Session, folder?: string): Promise<string> {
  const destination = folder === undefined ? undefined : ({ kind: 'folder', folder } as const);
  const { job } = await session.call(backupCreate, {
    requestId: randomUUID(),
    ...(destination === undefined ? {} : { destination }),
  });
  const { state } = await session.ended(job);
  if (state.kind !== 'done' || state.result.kind !== 'backup') throw new Error(state.kind);
  return state.result.backup.path;
}

async function listed(session: Session): Promise<readonly string[]> {
  const { backups } = await session.call(backupList, { offset: 0, limit: 10 });
  return backups.map(({ path, presence }) => `${presence} ${path}`);
}

test('a renamed archive is listed under its new name', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const path = await backUp(session);
  const renamed = join(app.store, 'renamed.tar.zst');
  renameSync(path, renamed);
  await expect
    .poll(async () => await listed(session), { timeout: 30_000 })
    .toEqual([`present ${renamed}`]);
});

test('of two copies one is listed, and the other once that is gone', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const path = await backUp(session);
  const copy = join(app.store, 'the copy.tar.zst');
  copyFileSync(path, copy);
  await session.until(
    ({ change }) => change.topic === 'backups' && change.total === 1 && session.notices.length > 0,
  );
  expect(await listed(session)).toEqual([`present ${path}`]);
  rmSync(path);
  await expect
    .poll(async () => await listed(session), { timeout: 30_000 })
    .toEqual([`present ${copy}`]);
});

test('backups of a destination that is mounted again are there again', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  const marker = join(app.store, '.kedge-store.json');
  const kept = readFileSync(marker);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const path = await backUp(session);
  const look = async () => {
    await session.call(snapshotGet, {});
    return await listed(session);
  };
  rmSync(marker);
  await expect.poll(look, { timeout: 30_000 }).toEqual([`offline ${path}`]);
  writeFileSync(marker, kept);
  await expect.poll(look, { timeout: 30_000 }).toEqual([`present ${path}`]);
});

test('backups of a destination that left the configuration leave the list, not the disk', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  const config = join(app.home, 'kedge.jsonc');
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const path = await backUp(session);
  writeFileSync(
    config,
    JSON.stringify({ ...JSON.parse(readFileSync(config, 'utf8')), stores: {} }),
  );
  await expect.poll(async () => await listed(session), { timeout: 30_000 }).toEqual([]);
  expect(readFileSync(path).length).toBeGreaterThan(0);
});

test('a listed backup whose folder is gone can be taken off the list', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  const drive = join(folder.path, 'drive');
  mkdirSync(drive);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const path = await backUp(session, drive);
  rmSync(drive, { recursive: true });
  expect(await listed(session)).toEqual([`missing ${path}`]);
  const { backups } = await session.call(backupList, { offset: 0, limit: 1 });
  // Its verify may still wait: it is in use until that has failed.
  await expect
    .poll(
      async () =>
        await session
          .call(backupDelete, {
            requestId: randomUUID(),
            backup: backups[0]?.id ?? '',
            confirmation: path.slice(drive.length + 1),
          })
          .then(({ deleted }) => deleted, String),
      { timeout: 30_000 },
    )
    .toBe(path);
  expect(await listed(session)).toEqual([]);
});
