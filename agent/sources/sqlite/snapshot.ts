import { fstatSync, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type Database from 'better-sqlite3';
import { holdFiles } from '../../os/held-files.ts';
import { beginSnapshot } from './begin-snapshot.ts';
import { openDatabase } from './open-database.ts';
import type { WalIndexHeader } from './wal-index.ts';
import { noOverlay, readOverlay, type WalOverlay } from './wal-overlay.ts';

/**
 * One committed state of a database in WAL mode, held by a read transaction until it is disposed. Its pages
 * are those of the main file with the overlay's in their place. While the transaction lives, checkpoints
 * put no later frame into the main file, and no frame that it needs is overwritten.
 */
export interface Snapshot extends Disposable {
  readonly sizeBytes: number;
  readonly pageSize: number;
  /** How much of it the main file holds; what is missing at its end is in the overlay, or zeros to SQLite too. */
  readonly mainBytes: number;
  readonly overlay: WalOverlay;
  /** Descriptors; whoever opens and closes one of his own beside them drops the transaction's lock. */
  readonly main: number;
  readonly wal: number;
  /** Sees the same state. */
  readonly reader: Database.Database;
}

/** The snapshot; or why there is none, and SQLite itself has to copy the database. */
export async function holdSnapshot(path: string, signal: AbortSignal): Promise<Snapshot | string> {
  const found = await stat(path, { bigint: true });
  using opening = new DisposableStack();
  const { reader, descriptors } = opening.use(await openBeside(path));
  if (reader.pragma('journal_mode', { simple: true }) !== 'wal') return 'it is not in WAL mode';
  const [main, wal, shm] = descriptors;
  if (main === undefined || wal === undefined || shm === undefined) return 'it has no -wal or -shm';
  const { dev, ino } = fstatSync(main, { bigint: true });
  if (dev !== found.dev || ino !== found.ino) return 'its file was exchanged just now';
  const begun = beginSnapshot(reader, shm);
  if (begun === undefined) return 'it is written to too often';
  const overlay = begun.isInMain ? noOverlay : await readOverlay(wal, begun.index, signal);
  const pageSize = numberOf(reader, 'page_size');
  const pageCount = numberOf(reader, 'page_count');
  const sizeBytes = pageCount * pageSize;
  const mainBytes = Math.min(sizeBytes, fstatSync(main).size);
  const isTooShort = begun.isInMain && mainBytes < sizeBytes;
  if (overlay === undefined || isTooShort || !fits(begun.index, pageCount, pageSize)) {
    return 'its files are not as expected';
  }
  const held = opening.move();
  const parts = { sizeBytes, pageSize, mainBytes, overlay, main, wal, reader };
  return { ...parts, [Symbol.dispose]: () => held.dispose() };
}

interface Beside extends Disposable {
  readonly reader: Database.Database;
  /** Of the main file, the -wal and the -shm; fewer where one is missing, as with exclusive locking. */
  readonly descriptors: readonly number[];
}

/** The connection comes first: as long as it is there, nobody removes the -wal and the -shm. */
async function openBeside(path: string): Promise<Beside> {
  const reader = await openDatabase(path);
  const descriptors: number[] = [];
  try {
    for (const ending of ['', '-wal', '-shm']) descriptors.push(openSync(path + ending, 'r'));
  } catch {
    // What is missing shows in their number.
  }
  const files = holdFiles(descriptors);
  return {
    reader,
    descriptors,
    [Symbol.dispose]() {
      reader.close();
      files[Symbol.dispose]();
    },
  };
}

/** While the -wal counts for nothing its index may know neither. */
function fits(index: WalIndexHeader, pageCount: number, pageSize: number): boolean {
  return index.lastFrame === 0 || (index.pageCount === pageCount && index.pageSize === pageSize);
}

function numberOf(reader: Database.Database, pragma: string): number {
  return Number(reader.pragma(pragma, { simple: true }));
}
