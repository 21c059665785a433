import { stat } from 'node:fs/promises';
import { KedgeError } from '../../../protocol/failures.ts';
import { errorCode } from '../../os/error-code.ts';
import type { Preflight } from '../source.ts';
import { isAtRest } from './copy-at-rest.ts';
import { databaseFailure, openDatabase } from './open-database.ts';
import type { SqliteSettings } from './settings.ts';

const nothing: Preflight = { contentBytes: 0, files: 0, scratchBytes: 0, warnings: [] };

export async function preflightSqlite(name: string, settings: SqliteSettings): Promise<Preflight> {
  try {
    return await look(name, settings.path);
  } catch (error) {
    if (await isAtRest(settings.path, error)) return await asFile(settings.path, []);
    if (errorCode(error).startsWith('SQLITE_CORRUPT')) {
      return await asFile(settings.path, [
        `source "${name}" is damaged: its file will be kept as it is`,
      ]);
    }
    const failure = databaseFailure(name, settings.path, error);
    if (!(failure instanceof KedgeError)) throw failure;
    return { ...nothing, problem: failure.failure };
  }
}

async function look(name: string, path: string): Promise<Preflight> {
  const database = await openDatabase(path);
  try {
    const bytes = Number(database.pragma('page_count', { simple: true })) * pageSize(database);
    const isWal = database.pragma('journal_mode', { simple: true }) === 'wal';
    // A snapshot is read where it lies.
    if (isWal) return { contentBytes: bytes, files: 1, scratchBytes: 0, warnings: [] };
    const warnings = [`source "${name}" is not in WAL mode: writers wait while it is copied`];
    return { contentBytes: bytes, files: 1, scratchBytes: bytes, warnings };
  } finally {
    database.close();
  }
}

function pageSize(database: Awaited<ReturnType<typeof openDatabase>>): number {
  return Number(database.pragma('page_size', { simple: true }));
}

/** A database that is copied as the file it is. */
async function asFile(path: string, warnings: readonly string[]): Promise<Preflight> {
  const { size } = await stat(path);
  return { contentBytes: size, files: 1, scratchBytes: size, warnings };
}
