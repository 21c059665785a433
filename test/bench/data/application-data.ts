import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDatabase } from './make-database.ts';
import { makeUploads } from './make-uploads.ts';

const mebibyte = 1024 * 1024;

/** An application as an office has it. */
export interface ApplicationData {
  readonly folder: string;
  readonly database: string;
  readonly uploads: string;
  readonly settings: readonly string[];
}

export function dataIn(folder: string): ApplicationData {
  const settings = Array.from({ length: 8 }, (_, number) =>
    join(folder, 'settings', `part-${number}.ini`),
  );
  return {
    folder,
    database: join(folder, 'database', 'clinic.sqlite'),
    uploads: join(folder, 'uploads'),
    settings,
  };
}

/** Makes it below a folder unless it is there: 1 GiB and 3,000 files, or 64 MiB and 300. */
export function makeApplicationData(folder: string, quick: boolean): ApplicationData {
  const data = dataIn(folder);
  if (existsSync(folder)) return data;
  // Under another name first, so that what a break left is not taken for the data.
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const made = dataIn(unfinished);
  for (const name of ['database', 'uploads', 'settings']) {
    mkdirSync(join(unfinished, name), { recursive: true });
  }
  makeDatabase(made.database, (quick ? 64 : 1024) * mebibyte);
  makeUploads(made.uploads, quick ? 300 : 3_000);
  made.settings.forEach((path, number) => {
    writeFileSync(path, `[part ${number}]\n${`key = value ${number}\n`.repeat(40)}`);
  });
  renameSync(unfinished, folder);
  return data;
}
