import type Database from 'better-sqlite3';
import { readBackfilled, readWalIndex, type WalIndexHeader } from './wal-index.ts';

/** One fails when somebody commits within some 50 µs. */
const triesAtMost = 200;

interface Begun {
  readonly index: WalIndexHeader;
  /** All frames of the snapshot are in the main file; the -wal may be overwritten from now on. */
  readonly isInMain: boolean;
}

/**
 * Begins a read transaction and knows which state it sees: where the index of the -wal is the same before
 * and after, the transaction saw no other. The number of frames that checkpoints put into the main file is
 * read in between, once the transaction holds that state: a restart of the -wal would change the index
 * before it takes the number back to 0.
 */
export function beginSnapshot(
  reader: Pick<Database.Database, 'exec' | 'pragma'>,
  shm: number,
): Begun | undefined {
  for (let tries = 0; tries < triesAtMost; tries += 1) {
    const index = readWalIndex(shm);
    reader.exec('begin');
    reader.pragma('schema_version');
    const backfilled = readBackfilled(shm);
    const after = readWalIndex(shm);
    if (index !== undefined && after?.bytes.equals(index.bytes) === true) {
      return { index, isInMain: backfilled === index.lastFrame };
    }
    reader.exec('rollback');
  }
  return undefined;
}
