import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { errorCode } from '../os/error-code.ts';
import { makeFolder, writeFileAtomic } from '../os/files.ts';
import { keysFolder } from './identity.ts';

/** The recovery key that somebody had the secret half of, and when that was shown last. */
const ProvenKey = z.object({ recoveryKey: z.string(), atMs: z.number() });
export type ProvenKey = z.infer<typeof ProvenKey>;

function provenPath(stateFolder: string): string {
  return join(keysFolder(stateFolder), 'proven.json');
}

/** Undefined: none was, or what was written down is lost; then it is to be proven again. */
export async function readProven(stateFolder: string): Promise<ProvenKey | undefined> {
  const text = await readFile(provenPath(stateFolder), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  });
  try {
    return ProvenKey.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export async function saveProven(stateFolder: string, proven: ProvenKey): Promise<void> {
  await makeFolder(keysFolder(stateFolder));
  await writeFileAtomic(provenPath(stateFolder), `${JSON.stringify(proven)}\n`);
}
