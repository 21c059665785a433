import { join } from 'node:path';
import Database from 'better-sqlite3';
import { makeFolder } from '../os/files.ts';
import { statements } from './app/statements.ts';
import type { SeedOptions } from './seed/pace.ts';
import { defaultEndMs, seedDatabase } from './seed/seed-database.ts';
import { type SeededUpload, seedUploads } from './seed/seed-uploads.ts';

/** Where the parts of the clinic lie in its folder. */
export const clinicPaths = (folder: string) => ({
  database: join(folder, 'database', 'clinic.sqlite'),
  uploads: join(folder, 'uploads'),
  settings: join(folder, 'settings'),
  run: join(folder, 'run'),
});

/** The database takes most of the time. */
const databaseShare = 0.85;

/**
 * Writes the clinic's data below a folder where nothing is yet: a database of over 50 MB and 500 uploads of
 * about 25 MB. Equal options give equal content.
 */
export async function seedDemo(folder: string, options: SeedOptions): Promise<void> {
  const paths = clinicPaths(folder);
  options.onProgress(0, 'database: tables');
  await makeFolder(join(folder, 'database'));
  await makeFolder(paths.uploads);
  const patients = await seedDatabase(paths.database, {
    ...options,
    onProgress: (fraction, text) => options.onProgress(fraction * databaseShare, text),
  });
  const uploads = await seedUploads(paths.uploads, {
    ...options,
    onProgress: (fraction, text) =>
      options.onProgress(databaseShare + fraction * (1 - databaseShare), text),
  });
  listUploads(paths.database, uploads, patients, options.endMs ?? defaultEndMs);
  options.onProgress(1, `${patients} patients and ${uploads.length} uploads`);
}

/** Enters the uploads in the database, so that a file without its row, or a row without its file, is seen. */
function listUploads(
  path: string,
  uploads: readonly SeededUpload[],
  patients: number,
  endMs: number,
): void {
  const database = new Database(path);
  try {
    const statement = database.prepare(statements.addDocument.sql);
    database.exec('begin');
    uploads.forEach(({ name, bytes }, index) => {
      const addedAt = new Date(endMs - index * 3_600_000).toISOString();
      statement.run({ patientId: 1 + ((index * 11) % patients), fileName: name, bytes, addedAt });
    });
    database.exec('commit');
  } finally {
    database.close();
  }
}
