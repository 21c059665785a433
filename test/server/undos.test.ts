import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { restorePlan, restoreRun, undoList, undoRun } from '../../protocol/methods/restore.ts';
import { snapshotGet } from '../../protocol/methods/session.ts';
import { openSession, type Session, startKedge } from '../support/kedge.ts';
import { makeSmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';

async function ended(session: Session, { job }: { job: number }) {
  const { state } = await session.ended(job);
  if (state.kind !== 'done') throw new Error(JSON.stringify(state));
  return state.result;
}

/** Restores the newest backup there is. */
async function restore(session: Session, id: string): Promise<void> {
  const planned = await ended(
    session,
    await session.call(restorePlan, { requestId: randomUUID(), backup: { kind: 'id', id } }),
  );
  const plan = planned.kind === 'plan' ? planned.plan.id : '';
  const request = { requestId: randomUUID(), plan, confirmation: 'Shop' };
  await ended(session, await session.call(restoreRun, request));
}

/** Waits until what follows a restore is done: that tells of the undos last. */
async function tidied(session: Session): Promise<void> {
  await session.until(({ change }) => change.topic === 'undos' && change.undos.length > 0);
}

interface UndoFile {
  readonly path: string;
  readonly places: readonly string[];
}

function undoFiles(home: string): readonly UndoFile[] {
  const folder = join(home, 'state', 'undo');
  return readdirSync(folder).map((name) => {
    const path = join(folder, name);
    return { path, places: JSON.parse(readFileSync(path, 'utf8')).places };
  });
}

test('an undo goes with its data when it has expired, and one without data is a problem', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using kedge = await startKedge(app.home);
  using session = await openSession(kedge.socket);
  const made = await ended(session, await session.call(backupCreate, { requestId: randomUUID() }));
  const id = made.kind === 'backup' ? made.backup.id : '';
  await restore(session, id);
  await tidied(session);
  const [first] = undoFiles(app.home);
  const record = JSON.parse(readFileSync(first?.path ?? '', 'utf8'));
  writeFileSync(first?.path ?? '', JSON.stringify({ ...record, expiresAtMs: 1 }));
  await expect(
    session.call(undoRun, { requestId: randomUUID(), undo: record.id, confirmation: 'Shop' }),
  ).rejects.toMatchObject({ failure: { code: 'undo-gone' } });

  await restore(session, id);
  const left = () => undoFiles(app.home).filter(({ places }) => places[0] === first?.places[0]);
  await expect.poll(left, { timeout: 30_000 }).toEqual([]);
  expect(first?.places.filter((place) => existsSync(place))).toEqual([]);
  expect((await session.call(undoList, {})).undos).toMatchObject([{ state: 'ready' }]);

  for (const place of undoFiles(app.home).flatMap(({ places }) => places))
    rmSync(place, { recursive: true });
  const { problems } = await session.call(snapshotGet, {});
  expect(problems.map(({ text }) => text)).toContainEqual(
    expect.stringContaining('its data was removed'),
  );
});
