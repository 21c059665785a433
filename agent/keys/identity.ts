import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KedgeError } from '../../protocol/failures.ts';
import { errorCode, errorMessage } from '../os/error-code.ts';
import { makeFolder, writeFileAtomic } from '../os/files.ts';
import { parseSecretKey, recipientOf } from './secret-key.ts';

/** This installation's own key: it opens what was backed up here without anybody being asked. */
export interface Identity {
  readonly secret: string;
  /** As the file says it; `lockFor` holds it against the secret. */
  readonly recipient: string;
  /** Who else may read the file, in words; absent: nobody. */
  readonly exposed?: string;
}

export function keysFolder(stateFolder: string): string {
  return join(stateFolder, 'keys');
}

export function identityPath(stateFolder: string): string {
  return join(keysFolder(stateFolder), 'identity.txt');
}

/** Undefined: there is none. Fails with key-unusable where the file is there and can't be used. */
export async function readIdentity(stateFolder: string): Promise<Identity | undefined> {
  const path = identityPath(stateFolder);
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw unusable(path, errorMessage(error));
  });
  if (text === undefined) return undefined;
  const recipient = /^# public key: (age1\w+)$/m.exec(text)?.[1];
  if (recipient === undefined || !text.includes('AGE-SECRET-KEY-1')) {
    throw unusable(path, 'it is no key file any more');
  }
  const mode = (await stat(path)).mode & 0o777;
  const exposed = `other users may read it (mode ${mode.toString(8)}, not 600)`;
  const identity = { secret: secretIn(path, text), recipient };
  return (mode & 0o077) === 0 ? identity : { ...identity, exposed };
}

/** The one that is there, or a new one. */
export async function makeIdentity(stateFolder: string, nowMs: number): Promise<Identity> {
  const there = await readIdentity(stateFolder);
  if (there !== undefined) return there;
  const { generateX25519Identity } = await import('age-encryption');
  const secret = await generateX25519Identity();
  const recipient = await recipientOf(secret);
  await makeFolder(keysFolder(stateFolder));
  const lines = [
    `# created: ${new Date(nowMs).toISOString()}`,
    `# public key: ${recipient}`,
    secret,
  ];
  await writeFileAtomic(identityPath(stateFolder), `${lines.join('\n')}\n`, 0o600);
  return { secret, recipient };
}

export function unusable(path: string, why: string): KedgeError {
  return new KedgeError('key-unusable', { path, why });
}

function secretIn(path: string, text: string): string {
  try {
    return parseSecretKey(text);
  } catch (error) {
    throw unusable(path, errorMessage(error));
  }
}
