import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { KedgeError } from '../../../protocol/failures.ts';
import { errorCode, errorMessage } from '../../os/error-code.ts';
import { makeFolder, writeFileAtomic } from '../../os/files.ts';

/** What was last asked of a service, in `<state>/services/<id>.command.json`: its commands do not know it. */
export const CommandRecord = z.object({
  wanted: z.enum(['up', 'down']),
  /** Names the run that was begun or first seen then. */
  incarnation: z.string(),
  startedAtMs: z.number(),
});
export type CommandRecord = z.infer<typeof CommandRecord>;

export function newRun(): CommandRecord {
  return { wanted: 'up', incarnation: randomUUID(), startedAtMs: Date.now() };
}

export async function readCommandRecord(path: string): Promise<CommandRecord | undefined> {
  try {
    return CommandRecord.parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    const cause = errorMessage(error);
    throw new KedgeError('io-failed', { operation: 'read', path, cause }, { cause: error });
  }
}

export async function writeCommandRecord(path: string, record: CommandRecord): Promise<void> {
  await makeFolder(dirname(path));
  await writeFileAtomic(path, `${JSON.stringify(record)}\n`);
}
