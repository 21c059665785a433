import { stat } from 'node:fs/promises';
import type Database from 'better-sqlite3';
import { beforeOperation } from '../../os/faults.ts';

/** 16 MiB: some 30 ms a step. */
const pagesPerStep = 4096;
/** Rollback journal: 1 MiB a step, for a writer waits as long as a step lasts. */
const pagesPerSmallStep = 256;
const allPages = 2 ** 31 - 1;
/** A database that nothing could be read of for so long is locked by somebody for good. */
const stuckAfterMs = 60_000;

export interface CopyOptions {
  readonly signal: AbortSignal;
  readonly onPages: (done: number, total: number) => void;
  /** How long small steps are tried on a database with a rollback journal. */
  readonly smallStepsMs: number;
  readonly log: (text: string) => void;
}

/** Another process holds the database so that nothing can be read of it. */
export class DatabaseLocked extends Error {
  readonly code = 'SQLITE_BUSY';
  constructor() {
    super('another process keeps it locked');
  }
}

/** Copies one committed state of a database, page for page, through SQLite's backup interface. */
export async function copyDatabase(
  reader: Database.Database,
  target: string,
  options: CopyOptions,
): Promise<void> {
  const isWal = reader.pragma('journal_mode', { simple: true }) === 'wal';
  if (isWal) {
    // Without a snapshot of this connection's own, every commit of another process restarts the copy.
    reader.exec('begin');
    reader.pragma('schema_version');
  }
  const step = isWal ? () => pagesPerStep : smallThenAll(options);
  beforeOperation('copy database', target);
  const { totalPages } = await reader.backup(target, { progress: watched(step, options) });
  await checkWhole(reader, target, totalPages);
}

/** Small steps let writers in but start again with each commit, so after a while one step takes all. */
function smallThenAll({ smallStepsMs, log }: CopyOptions): () => number {
  const deadline = performance.now() + smallStepsMs;
  let said = false;
  return () => {
    if (performance.now() < deadline) return pagesPerSmallStep;
    if (!said) log('the database is written to all the time: writers wait while it is copied');
    said = true;
    return allPages;
  };
}

interface Pages {
  readonly totalPages: number;
  readonly remainingPages: number;
}

function watched(step: () => number, { signal, onPages }: CopyOptions): (pages: Pages) => number {
  let movedAt = performance.now();
  let before = -1;
  return ({ totalPages, remainingPages }) => {
    signal.throwIfAborted();
    const now = performance.now();
    if (remainingPages !== before) movedAt = now;
    else if (now - movedAt > stuckAfterMs) throw new DatabaseLocked();
    before = remainingPages;
    onPages(totalPages - remainingPages, totalPages);
    return step();
  };
}

/** better-sqlite3 takes "busy" with nothing left to do for the end, and then leaves no whole file. */
async function checkWhole(
  reader: Database.Database,
  target: string,
  totalPages: number,
): Promise<void> {
  const pageSize = Number(reader.pragma('page_size', { simple: true }));
  const { size } = await stat(target).catch(() => ({ size: -1 }));
  const isEmpty = Number(reader.pragma('page_count', { simple: true })) === 0;
  if (size < totalPages * pageSize || (totalPages === 0 && !isEmpty)) throw new DatabaseLocked();
}
