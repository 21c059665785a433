import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { errorCode, errorMessage } from '../../os/error-code.ts';
import type { Work } from '../../os/work.ts';
import type { Reading } from '../tree/read-file.ts';
import { connect } from './connect.ts';
import { copyAtRest, isAtRest } from './copy-at-rest.ts';
import { copyDatabase } from './copy-database.ts';
import { openDatabase } from './open-database.ts';
import { readSnapshot } from './read-snapshot.ts';
import { holdSnapshot, type Snapshot } from './snapshot.ts';

/** One state of the live database, to be compared; no writer waits for it longer than some ms. */
export interface LiveState extends Disposable {
  readonly kind: 'held';
  /** Reads only, in one transaction. */
  readonly reader: Database.Database;
  readonly sizeBytes: number;
  readonly pageSize: number;
  /** Its pages in blocks, each good until the next is asked for; undefined instead of one that can't be read. */
  blocks(): AsyncIterable<Uint8Array | undefined>;
}

/** `missing`: nothing is there; `unreadable`: there may be rows, but nobody can tell. In words. */
export interface NoLiveState extends Disposable {
  readonly kind: 'missing' | 'unreadable';
  readonly problem: string;
}

/** A database that is written to all the time can't be copied without holding writers off. */
const copyDeadlineMs = 20_000;

export async function holdLive(
  path: string,
  scratch: string,
  work: Work,
): Promise<LiveState | NoLiveState> {
  try {
    return await hold(path, join(scratch, 'now.db'), work);
  } catch (error) {
    work.signal.throwIfAborted();
    return notHeld(error);
  }
}

async function hold(path: string, copy: string, work: Work): Promise<LiveState> {
  try {
    const snapshot = await holdSnapshot(path, work.signal);
    if (typeof snapshot !== 'string') return held(snapshot);
    await copyInSteps(path, copy, work);
  } catch (error) {
    if (!((await isAtRest(path, error)) && (await copyAtRest(path, copy)))) throw error;
  }
  return copied(copy);
}

function held(snapshot: Snapshot): LiveState {
  const { reader, sizeBytes, pageSize } = snapshot;
  return {
    kind: 'held',
    reader,
    sizeBytes,
    pageSize,
    async *blocks() {
      const reading: Reading = { short: false };
      for await (const block of readSnapshot(snapshot, reading)) {
        yield reading.short ? undefined : block;
      }
    },
    [Symbol.dispose]: () => snapshot[Symbol.dispose](),
  };
}

/** In WAL mode writers do not notice; with a rollback journal one waits for a step of 1 MiB. */
async function copyInSteps(path: string, copy: string, { signal, progress }: Work): Promise<void> {
  const deadline = AbortSignal.timeout(copyDeadlineMs);
  const reader = await openDatabase(path);
  try {
    const pageSize = Number(reader.pragma('page_size', { simple: true }));
    await copyDatabase(reader, copy, {
      signal: AbortSignal.any([signal, deadline]),
      smallStepsMs: Number.POSITIVE_INFINITY,
      onPages: (done, total) =>
        progress('read the live database', done * pageSize, total * pageSize),
      log: () => undefined,
    });
  } finally {
    reader.close();
  }
}

async function copied(copy: string): Promise<LiveState> {
  const { size } = await stat(copy);
  const { database: reader } = connect(copy, { readonly: true, fileMustExist: true });
  reader.exec('begin');
  return {
    kind: 'held',
    reader,
    sizeBytes: size,
    pageSize: Number(reader.pragma('page_size', { simple: true })),
    // Nobody else knows the copy, so a descriptor of it that is closed drops no lock that counts.
    blocks: () => createReadStream(copy, { highWaterMark: 1 << 20 }),
    [Symbol.dispose]: () => reader.close(),
  };
}

function notHeld(error: unknown): NoLiveState {
  const code = errorCode(error);
  const none = (kind: NoLiveState['kind'], problem: string): NoLiveState => ({
    kind,
    problem,
    [Symbol.dispose]: () => undefined,
  });
  if (code === 'ENOENT' || code === 'ENOTDIR') return none('missing', 'no database is there now');
  if (error instanceof Error && error.name === 'TimeoutError') {
    return none(
      'unreadable',
      'it is written to all the time, and writers are not held up for a plan',
    );
  }
  if (code === 'SQLITE_BUSY') return none('unreadable', 'another process keeps it locked');
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code)) {
    return none('unreadable', `it is damaged or no database: ${errorMessage(error)}`);
  }
  return none('unreadable', `it can't be read: ${errorMessage(error)}`);
}
