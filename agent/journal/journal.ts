import * as fs from 'node:fs/promises';
import { dirname } from 'node:path';
import type * as z from 'zod';
import { createFile, syncFile, syncFolder, writeAt } from '../os/files.ts';
import { truncateFile } from '../os/make-entries.ts';

/**
 * The durable list of what a job is about to do and has done: JSON Lines, only appended to,
 * each record on disk before the next step begins. Archive is truth, catalogue is cache, journal is law.
 */
export interface Journal<R> extends AsyncDisposable {
  readonly path: string;
  /** All records, those of before a crash included. */
  readonly records: readonly R[];
  /** Where it fails the record counts as not there; see `settle`. */
  append(record: R): Promise<void>;
  /**
   * Takes off the disk what an append that failed may have left there, durably. To be called before anything
   * is done in the belief that the record is not there.
   */
  settle(): Promise<void>;
}

/** Starts a journal with its first record; fails where one of that name exists. */
export async function createJournal<R>(path: string, first: R): Promise<Journal<R>> {
  const file = await createFile(path);
  return await closeOnFailure(file, async () => {
    const journal = appendTo<R>(file, path, [], 0);
    await journal.append(first);
    await syncFolder(dirname(path));
    return journal;
  });
}

/** Opens the journal of a job that died, to go on with it. A torn last line is cut off. */
export async function reopenJournal<R>(path: string, schema: z.ZodType<R>): Promise<Journal<R>> {
  const { records, wholeBytes } = await readWhole(path, schema);
  const file = await fs.open(path, 'r+');
  return await closeOnFailure(file, async () => {
    await truncateFile(file, path, wholeBytes);
    // Of a process that died while it wrote the last record nobody knows whether it is durable.
    await syncFile(file, path);
    return appendTo(file, path, [...records], wholeBytes);
  });
}

async function closeOnFailure<T>(file: fs.FileHandle, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The records of a journal; a torn last line is ignored. */
export async function readJournal<R>(path: string, schema: z.ZodType<R>): Promise<readonly R[]> {
  return (await readWhole(path, schema)).records;
}

async function readWhole<R>(path: string, schema: z.ZodType<R>) {
  const bytes = await fs.readFile(path);
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const lines = bytes.subarray(0, wholeBytes).toString().split('\n').slice(0, -1);
  return { records: lines.map((line) => schema.parse(JSON.parse(line))), wholeBytes };
}

function appendTo<R>(
  file: fs.FileHandle,
  path: string,
  records: R[],
  startBytes: number,
): Journal<R> {
  let position = startBytes;
  let isWhole = true;
  const settle = async (): Promise<void> => {
    if (isWhole) return;
    await truncateFile(file, path, position);
    await syncFile(file, path);
    isWhole = true;
  };
  return {
    path,
    records,
    settle,
    async append(record) {
      await settle();
      const line = Buffer.from(`${JSON.stringify(record)}\n`);
      isWhole = false;
      await writeAt(file, path, line, position);
      await syncFile(file, path);
      isWhole = true;
      position += line.length;
      records.push(record);
    },
    [Symbol.asyncDispose]: async () => await file.close(),
  };
}
