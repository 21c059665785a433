import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { noise, seededRandom } from '../../../agent/demo/seed/random.ts';
import type { ApplicationData } from './application-data.ts';

const seed = 7_303;
const changedFiles = 30;

/**
 * What a day's work changes: one in a hundred rows, scattered over the whole database, and 30 uploads, each
 * replaced by another of its size. All of it lies in the files afterwards, none in the -wal.
 */
export function changeData({ database, uploads }: ApplicationData): void {
  changeRows(database);
  const files = readdirSync(uploads, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
  const random = seededRandom(seed);
  for (let nth = 0; nth < changedFiles; nth += 1) {
    const path = files[Math.floor((nth * files.length) / changedFiles)] ?? '';
    writeFileSync(path, noise(random, statSync(path).size));
  }
}

function changeRows(path: string): void {
  const database = new Database(path, { timeout: 20_000 });
  try {
    // Neighbours in a hash are none in the table.
    const scattered = (id: string) => `(${id} * 2654435761) % 100 = 7`;
    database.exec(`begin;
      update visits set text = substr(text, 9) || ' changed' where ${scattered('id')};
      update invoices set cents = cents + 100, positions = positions || ' x' where ${scattered('id')};
      update customers set phone = '+49 0000' where ${scattered('id')};
      commit`);
    database.pragma('wal_checkpoint(truncate)');
  } finally {
    database.close();
  }
}
