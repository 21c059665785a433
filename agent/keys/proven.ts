import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { errorCode } from '../os/error-code.ts';
import { makeFolder, writeFileAtomic } from '../os/files.ts';
import { keysFolder } from './identity.ts';

/** A recovery key that somebody had the secret half of, and when that was shown last. */
const ProvenKey = z.object({ recoveryKey: z.string(), atMs: z.number() });
export type ProvenKey = z.infer<typeof ProvenKey>;

const ProvenKeys = z.array(ProvenKey);

function provenPath(stateFolder: string): string {
  return join(keysFolder(stateFolder), 'proven.json');
}

/** Undefined: it was not, or what was written down is lost; then it is to be proven again. */
export async function findProven(
  stateFolder: string,
  recoveryKey: string,
): Promise<ProvenKey | undefined> {
  return (await readAll(stateFolder)).find((proven) => proven.recoveryKey === recoveryKey);
}

/** Beside those before it: until the configuration has the new one, the old one holds. */
export async function saveProven(stateFolder: string, proven: ProvenKey): Promise<void> {
  const others = (await readAll(stateFolder)).filter(
    ({ recoveryKey }) => recoveryKey !== proven.recoveryKey,
  );
  await makeFolder(keysFolder(stateFolder));
  await writeFileAtomic(provenPath(stateFolder), `${JSON.stringify([...others, proven])}\n`);
}

async function readAll(stateFolder: string): Promise<readonly ProvenKey[]> {
  const text = await readFile(provenPath(stateFolder), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return '[]';
    throw error;
  });
  try {
    return ProvenKeys.parse(JSON.parse(text));
  } catch {
    return [];
  }
}
