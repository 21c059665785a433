import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { KedgeError } from '../../../protocol/failures.ts';
import { writeFileAtomic } from '../../os/files.ts';

/**
 * What is known of the last start of a service, in `<state>/services/<id>.json`. Written by the launching
 * shell before it becomes the service, so that no death of the daemon leaves a service that nobody knows.
 */
export const ProcessRecord = z.object({
  pid: z.int().positive(),
  startTicks: z.string(),
  bootId: z.string(),
  instance: z.string(),
  startedAtMs: z.number(),
  /** It was asked to end: that it is down is no failure. */
  stopRequested: z.boolean().optional(),
});
export type ProcessRecord = z.infer<typeof ProcessRecord>;

/** Undefined: never started. A record that can't be read is an error: guessing would start a second one. */
export async function readRecord(path: string): Promise<ProcessRecord | undefined> {
  try {
    return ProcessRecord.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    const cause = error instanceof Error ? error.message : String(error);
    throw new KedgeError('io-failed', { operation: 'read', path, cause }, { cause: error });
  }
}

export async function writeRecord(path: string, record: ProcessRecord): Promise<void> {
  await writeFileAtomic(path, `${JSON.stringify(record)}\n`);
}
