import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../../os/error-code.ts';
import { copyFile, removeFile } from '../../os/files.ts';
import type { Work } from '../../os/work.ts';
import type { Capture, CapturedMember } from '../source.ts';
import { type Reading, smallFileBytes, streamExactly } from '../tree/read-file.ts';
import { captureSnapshot } from './capture-snapshot.ts';
import { copyAtRest, isAtRest } from './copy-at-rest.ts';
import { copyDatabase } from './copy-database.ts';
import { databaseHeader } from './database-header.ts';
import { databaseFailure, openDatabase } from './open-database.ts';
import { pageSizeIn } from './page-size.ts';
import type { SqliteSettings } from './settings.ts';
import { holdSnapshot, type Snapshot } from './snapshot.ts';

const smallStepsMs = 30_000;

/** One committed state of the database, while others write: held where that can be, else copied into scratch. */
export async function captureSqlite(
  name: string,
  settings: SqliteSettings,
  work: Work,
): Promise<Capture> {
  const { path } = settings;
  const copy = join(work.scratch, `${name}.sqlite`);
  try {
    work.signal.throwIfAborted();
    const snapshot = await holdOrCopy(name, path, copy, work);
    if (snapshot !== undefined) return await captureSnapshot(name, path, snapshot, work);
    const { member, notes } = await memberOf(name, path, copy, work);
    return {
      gaps: [],
      notes,
      async *members() {
        yield member;
      },
      [Symbol.asyncDispose]: () => removeCopy(copy),
    };
  } catch (error) {
    await removeCopy(copy);
    throw databaseFailure(name, path, error);
  }
}

async function removeCopy(copy: string): Promise<void> {
  await removeFile(copy);
  await removeFile(`${copy}-journal`);
}

/** Undefined: it was copied. */
async function holdOrCopy(
  name: string,
  path: string,
  copy: string,
  work: Work,
): Promise<Snapshot | undefined> {
  try {
    const held = await holdSnapshot(path, work.signal);
    if (typeof held !== 'string') return held;
    work.log('info', `source "${name}" is copied first, page by page: ${held}`);
    await copyLive(name, path, copy, work);
  } catch (error) {
    if ((await isAtRest(path, error)) && (await copyAtRest(path, copy))) return undefined;
    if (!errorCode(error).startsWith('SQLITE_CORRUPT')) throw error;
    // A damaged database is worth more than none: its file is kept as it stands, and verify marks it.
    work.log('warning', `source "${name}" is damaged; its file is kept as it is`);
    await removeCopy(copy);
    await copyFile(path, copy);
  }
  return undefined;
}

async function copyLive(name: string, path: string, copy: string, work: Work): Promise<void> {
  const reader = await openDatabase(path);
  try {
    const pageSize = Number(reader.pragma('page_size', { simple: true }));
    await copyDatabase(reader, copy, {
      signal: work.signal,
      smallStepsMs,
      onPages: (done, total) => work.progress(`capture ${name}`, done * pageSize, total * pageSize),
      log: (text) => work.log('warning', `source "${name}": ${text}`),
    });
  } finally {
    reader.close();
  }
}

async function memberOf(
  name: string,
  path: string,
  copy: string,
  work: Work,
): Promise<{ readonly member: CapturedMember; readonly notes: readonly string[] }> {
  const live = await stat(path, { bigint: true });
  await using file = await open(copy, 'r');
  const { size: sizeBytes } = await file.stat();
  const { header, notes } = await databaseHeader(name, path, live, sizeBytes, work.signal);
  for (const note of notes) work.log('warning', `source "${name}": ${note}`);
  const start = Buffer.alloc(18);
  await file.read(start, 0, start.length, 0);
  const pageSize = pageSizeIn(start);
  const content =
    sizeBytes < smallFileBytes ? await file.readFile() : () => contentOf(copy, sizeBytes);
  return { member: { header, content, ...(pageSize !== undefined && { pageSize }) }, notes };
}

async function* contentOf(copy: string, sizeBytes: number): AsyncGenerator<Uint8Array> {
  await using file = await open(copy, 'r');
  const reading: Reading = { short: false };
  yield* streamExactly(file.fd, sizeBytes, reading);
  if (reading.short) throw reading.error ?? new Error(`"${copy}" shrank while it was read`);
}
