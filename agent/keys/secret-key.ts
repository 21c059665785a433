import { KedgeError } from '../../protocol/failures.ts';

/** The secret key in what a person typed, or in the text of a key file. What was typed is in no message. */
export function parseSecretKey(text: string): string {
  const lines = text.split('\n').map((line) => line.trim().toUpperCase());
  const keys = lines.filter((line) => /^AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}$/.test(line));
  const [key] = keys;
  if (key !== undefined && keys.length === 1) return key;
  const problem = 'this is no secret key; it begins with AGE-SECRET-KEY-1 and has 74 characters';
  throw new KedgeError('bad-argument', { what: 'recovery key', problem });
}

/** The public half of a secret key; fails with bad-argument where a character of it is wrong. */
export async function recipientOf(secret: string): Promise<string> {
  // Loaded by those who need it: 17 MiB that the idle daemon has not got.
  const { identityToRecipient } = await import('age-encryption');
  return await identityToRecipient(secret).catch(() => {
    const problem = 'a character of this secret key is wrong: its checksum does not fit';
    throw new KedgeError('bad-argument', { what: 'recovery key', problem });
  });
}
