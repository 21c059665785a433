import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

/** What was installed here, so that a later one knows which files are Kedge's own. */
export const InstallRecord = z.object({
  /** Of programs, newest first: those that are kept. */
  versions: z.array(z.object({ version: z.string(), folder: z.string() })).readonly(),
  user: z.string(),
  /** The user was made, not found. */
  madeUser: z.boolean(),
  madeGroups: z.array(z.string()).readonly(),
  /** Path to the SHA-256 of what was written; of a link its target. */
  files: z.record(z.string(), z.string()),
});
export type InstallRecord = z.infer<typeof InstallRecord>;

export function recordPath(prefix: string): string {
  return join(prefix, 'install.json');
}

export function recordText(record: InstallRecord): string {
  return `${JSON.stringify(record, undefined, 2)}\n`;
}

/** Undefined: Kedge is not installed there. */
export async function readRecord(prefix: string): Promise<InstallRecord | undefined> {
  try {
    return InstallRecord.parse(JSON.parse(await readFile(recordPath(prefix), 'utf8')));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
