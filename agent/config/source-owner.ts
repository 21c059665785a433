import { createHash } from 'node:crypto';

/** The abstract Unix socket that the one Kedge which protects a source holds; `path` with links resolved. */
export function ownerSocket(path: string): string {
  const name = createHash('sha256').update(path).digest('hex').slice(0, 40);
  return `kedge-source-${name}`;
}
