import type { SqlSession } from '../sql-session.ts';
import { isMysqlHere } from './local-mysql.ts';

export type Product = 'MariaDB' | 'MySQL';

/** "10.11.19-MariaDB-0+deb12u1", "8.0.36": nobody but MariaDB says who it is. */
export function productOf({ version }: Pick<SqlSession, 'version'>): Product {
  return version.includes('MariaDB') ? 'MariaDB' : 'MySQL';
}

/** Of a server that has said nothing: one on this machine is known by its program. */
export function likelyProduct({ isLocal }: { readonly isLocal: boolean }): string {
  if (!isLocal) return 'MariaDB or MySQL';
  return isMysqlHere() ? 'MySQL' : 'MariaDB';
}

/** How it greets, before any login: a length of three bytes, a number, 10, and the version up to a zero. */
export function greetedBy(greeting: Buffer): Product | undefined {
  const end = greeting.indexOf(0, versionAt);
  if (greeting[versionAt - 1] !== protocol || end === -1) return undefined;
  return productOf({ version: greeting.toString('latin1', versionAt, end) });
}

const protocol = 10;
const versionAt = 5;
