import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import {
  backupCreate,
  backupDelete,
  backupList,
  backupPin,
  backupUnpin,
} from '../../protocol/methods/backup.ts';
import {
  installationAnswer,
  retentionPreview,
  retentionRun,
  trashEmpty,
  trashList,
  trashRestore,
} from '../../protocol/methods/retention.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { timeOfDayIn } from '../support/time-of-day.ts';

async function take(session: Session, kind: 'full' | 'differential'): Promise<Backup> {
  const { job } = await session.call(backupCreate, { requestId: randomUUID(), kind });
  const { state } = await session.ended(job);
  if (state.kind !== 'done' || state.result.kind !== 'backup') throw new Error(state.kind);
  const { id } = state.result.backup;
  await session.until(
    ({ change }) =>
      change.topic === 'job' &&
      change.job.state.kind === 'done' &&
      change.job.state.result.kind === 'verify' &&
      change.job.title.includes(id.slice(0, 8)),
  );
  return state.result.backup;
}

async function listed(session: Session): Promise<readonly Backup[]> {
  return (await session.call(backupList, { offset: 0, limit: 10 })).backups;
}

async function drop(session: Session, { id, path }: Backup) {
  const requestId = randomUUID();
  return await session.call(backupDelete, { requestId, backup: id, confirmation: basename(path) });
}

test('what was deleted comes back with its proof and its full, also after the state was lost, and is removed for good only when asked', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  const made = await (async () => {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    const full = await take(session, 'full');
    const diff = await take(session, 'differential');
    expect(diff.base).toBe(full.id);
    const before = await listed(session);
    const { trashed } = await drop(session, diff);
    await drop(session, full);
    expect(existsSync(trashed?.path ?? '')).toBe(true);
    expect([existsSync(full.path), existsSync(diff.path), await listed(session)]).toEqual([
      false,
      false,
      [],
    ]);
    const { trashed: all } = await session.call(trashList, {});
    expect(all.map(({ backup, reason }) => [backup.id, reason]).sort()).toEqual(
      [full.id, diff.id].map((id) => [id, 'deleted by hand']).sort(),
    );
    const { restored } = await session.call(trashRestore, {
      requestId: randomUUID(),
      backup: diff.id.slice(0, 8),
    });
    expect(restored).toEqual([full.id, diff.id]);
    const pinned = (backup: Backup) => (backup.id === diff.id ? { pinned: true } : {});
    expect(await listed(session)).toMatchObject(
      before.map((backup) => ({ ...backup, ...pinned(backup) })),
    );
    await session.call(backupUnpin, {
      requestId: randomUUID(),
      backup: { kind: 'id', id: diff.id },
    });
    await drop(session, diff);
    await drop(session, full);
    return { full, diff };
  })();

  for (const name of readdirSync(join(app.home, 'state'))) {
    if (/^(state|catalogue)\.sqlite/.test(name)) rmSync(join(app.home, 'state', name));
  }
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  expect(await listed(session)).toEqual([]);
  const { trashed } = await session.call(trashList, {});
  expect(trashed.map(({ backup }) => backup.id).sort()).toEqual(
    [made.full.id, made.diff.id].sort(),
  );
  await session.call(trashRestore, { requestId: randomUUID(), backup: basename(made.full.path) });
  expect((await listed(session)).map(({ id, path }) => [id, path])).toEqual([
    [made.full.id, made.full.path],
  ]);
  const empty = async (confirmation: string) =>
    await session.call(trashEmpty, { requestId: randomUUID(), confirmation });
  await expect(empty('2')).rejects.toMatchObject({ failure: { code: 'confirmation-wrong' } });
  expect(await empty('1')).toMatchObject({ removed: [made.diff.id] });
  expect((await session.call(trashList, {})).trashed).toEqual([]);
});

test('on another machine nothing goes until it is said whether it is a copy, and a copy lets go of nothing of the other', async () => {
  using folder = tempFolder();
  const schedules = {
    nightly: {
      full: { every: 'day', at: timeOfDayIn(12) },
      store: 'local',
      zone: 'UTC',
      keep: { last: 1 },
    },
  };
  const app = await makeSmallApplication(folder.path, { schedules });
  const idFile = join(folder.path, 'machine-id');
  process.env['KEDGE_MACHINE_ID_FILE'] = idFile;
  using _restored = { [Symbol.dispose]: () => delete process.env['KEDGE_MACHINE_ID_FILE'] };
  writeFileSync(idFile, 'one\n');
  const asked = { requestId: randomUUID(), answer: 'moved' } as const;
  {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    await take(session, 'full');
    expect((await session.call(snapshotGet, {})).moved).toBeUndefined();
    await expect(session.call(installationAnswer, asked)).rejects.toMatchObject({
      failure: { code: 'unavailable' },
    });
  }
  writeFileSync(idFile, 'two\n');
  const copied = await (async () => {
    await using kedge = await startKedge(app.home);
    using session = await openSession(kedge.socket);
    const { moved, problems } = await session.call(snapshotGet, {});
    expect(moved?.from).not.toBe('');
    expect(problems.map(({ id }) => id)).toContain('moved');
    expect((await session.call(retentionRun, { requestId: randomUUID() })).gone).toEqual([]);
    const answer = { requestId: randomUUID(), answer: 'copy' } as const;
    const { installation } = await session.call(installationAnswer, answer);
    const after = await session.call(snapshotGet, {});
    expect([after.moved, after.problems.some(({ id }) => id === 'moved')]).toEqual([
      undefined,
      false,
    ]);
    const [old] = await listed(session);
    expect(old?.installation).not.toBe(installation);
    expect((await session.call(retentionPreview, {})).lines).toMatchObject([
      { verdict: 'stays', reason: 'made by another installation of Kedge' },
    ]);
    expect((await take(session, 'full')).installation).toBe(installation);
    return installation;
  })();
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  expect((await session.call(snapshotGet, {})).moved).toBeUndefined();
  const [newest] = await listed(session);
  expect(newest?.installation).toBe(copied);
  const pinned = await session.call(backupPin, {
    requestId: randomUUID(),
    backup: { kind: 'id', id: newest?.id ?? '' },
  });
  expect(pinned.backup.pinned).toBe(true);
});
