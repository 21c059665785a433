import { createHash, hash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Database from 'better-sqlite3';
import { expect } from 'vitest';
import type { Backup, BackupKind } from '../../protocol/domain/backup.ts';
import type { JobResult } from '../../protocol/domain/job.ts';
import { Failure, KedgeError, wordFailure } from '../../protocol/failures.ts';
import { type BackupReference, backupCreate, backupList } from '../../protocol/methods/backup.ts';
import { restorePlan, restoreRun } from '../../protocol/methods/restore.ts';
import { makeBusyDatabase } from './busy-database.ts';
import type { Session } from './kedge.ts';
import type { SmallApplication } from './small-application.ts';
import { until } from './until.ts';

/** A backup and what an application was when it was taken. */
export interface Moment {
  readonly backup: Backup;
  readonly state: ReadonlyMap<string, string>;
}

/** A database of so many MB, large enough for deltas, in the place of the small one. */
export function growDatabase(app: SmallApplication, megabytes: number): void {
  rmSync(app.database);
  makeBusyDatabase(app.database, 'wal', megabytes);
}

/** Rows, uploads and settings become others. */
export function changeAll(app: SmallApplication, mark: string): void {
  const database = new Database(app.database);
  database
    .prepare('update filler set text = ? || hex(randomblob(200)) where id % 50 = 0')
    .run(mark);
  database.prepare('update counter set n = n + 1').run();
  database.close();
  writeFileSync(join(app.uploads, '1.txt'), `upload ${mark}`);
  writeFileSync(join(app.uploads, `${mark}.txt`), mark);
  writeFileSync(app.settings, `name = ${mark}\n`);
}

/** Files by name with their content; of the database what its tables hold, as its file may differ. Undos apart. */
export function stateOf(app: SmallApplication): ReadonlyMap<string, string> {
  const folder = join(app.settings, '..');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('shop.db'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/.kedge-'))
    .toSorted();
  return new Map([
    ['the database', rowsOf(app.database)],
    ...files.map((path) => [relative(folder, path), hash('sha256', readFileSync(path))] as const),
  ]);
}

function rowsOf(path: string): string {
  const database = new Database(path, { readonly: true });
  try {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    const sum = createHash('sha256');
    for (const table of ['counter', 'filler'])
      for (const row of database.prepare(`select * from ${table}`).raw().iterate())
        sum.update(JSON.stringify(row));
    return sum.digest('hex');
  } finally {
    database.close();
  }
}

/** Takes one and waits until it is verified. */
export async function takeMoment(
  session: Session,
  app: SmallApplication,
  kind: BackupKind,
): Promise<Moment & { readonly note: string | undefined }> {
  const result = await resultOf(
    session,
    session.call(backupCreate, { requestId: randomUUID(), kind }),
  );
  if (result.kind !== 'backup') throw new Error(result.kind);
  const { backup, note } = result;
  await until(
    async () => (await findBackup(session, backup.id))?.proof.kind === 'verified',
    30_000,
  );
  return { backup, note, state: stateOf(app) };
}

export async function findBackup(session: Session, id: string): Promise<Backup | undefined> {
  const { backups } = await session.call(backupList, { offset: 0, limit: 100 });
  return backups.find((backup) => backup.id === id);
}

export async function resultOf(
  session: Session,
  started: Promise<{ readonly job: number }>,
): Promise<JobResult> {
  const { state } = await session.ended((await started).job);
  if (state.kind === 'failed') throw new KedgeError(state.failure.code, state.failure.params);
  if (state.kind !== 'done') throw new Error(state.kind);
  return state.result;
}

/** Plans a restore and runs it. */
export async function restoreFrom(session: Session, backup: BackupReference): Promise<JobResult> {
  const planned = await resultOf(
    session,
    session.call(restorePlan, { requestId: randomUUID(), backup }),
  );
  if (planned.kind !== 'plan') throw new Error(planned.kind);
  const { id: plan, application: confirmation } = planned.plan;
  expect(planned.plan.obstacles).toEqual([]);
  const run = session.call(restoreRun, { requestId: randomUUID(), plan, confirmation });
  return await resultOf(session, run);
}

/** How something failed, in code and words. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  return await work.then(
    () => 'it was done',
    (error: unknown) => {
      const failure = Failure.parse((error as { failure?: unknown }).failure);
      return `${failure.code}: ${wordFailure(failure).message}`;
    },
  );
}

/** What a restore that was refused must not have left: anything of its own, anywhere. */
export function leftovers(app: SmallApplication): readonly string[] {
  const state = join(app.home, 'state');
  const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
  return [
    ...namesIn(join(app.settings, '..')).filter((name) => name.includes('kedge')),
    ...namesIn(join(state, 'scratch')),
    ...namesIn(join(state, 'undo')),
    ...namesIn(state).filter((name) => name === 'guard'),
  ];
}
