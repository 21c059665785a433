import { randomUUID } from 'node:crypto';
import type { StateDatabase } from './state-database.ts';

/** The id of this installation, made once; archives carry it. */
export function installationId(database: StateDatabase): string {
  database
    .prepare("insert or ignore into meta (key, value) values ('installation', ?)")
    .run(randomUUID());
  return String(
    database.prepare("select value from meta where key = 'installation'").pluck().get(),
  );
}
