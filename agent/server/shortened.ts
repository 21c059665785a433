import { createHash } from 'node:crypto';

/** Texts above this say more than who did what. */
const textMost = 300;

/** A long text by its length and hash. */
export function shortened(text: string): string {
  return text.length <= textMost ? text : hashed(text);
}

export function hashed(text: string): string {
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return `${text.length} characters, SHA-256 ${hash}`;
}
