import { join } from 'node:path';
import { readSecretFile } from './read-secret-file.ts';
import type { SecretReference } from './secret-reference.ts';

/** Resolved at use and forgotten; throws with the reason, never with the secret. */
export async function resolveSecret(reference: SecretReference): Promise<string> {
  const secret = (await readReference(reference)).trim();
  if (secret === '') throw new Error(`${wordReference(reference)} is empty`);
  return secret;
}

async function readReference(reference: SecretReference): Promise<string> {
  if ('file' in reference) return await readSecretFile(reference.file);
  if ('env' in reference) return present(process.env[reference.env], reference);
  const folder = present(process.env['CREDENTIALS_DIRECTORY'], reference);
  return await readSecretFile(join(folder, reference.credential));
}

function present(value: string | undefined, reference: SecretReference): string {
  if (value === undefined) throw new Error(`${wordReference(reference)} is not set`);
  return value;
}

export function wordReference(reference: SecretReference): string {
  if ('env' in reference) return `the variable ${reference.env}`;
  return 'file' in reference ? `"${reference.file}"` : `the credential "${reference.credential}"`;
}
