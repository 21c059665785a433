import { randomUUID } from 'node:crypto';
import type { StateDatabase } from './state-database.ts';

/** The id of this installation, made once; archives carry it. It changes where a copy becomes one of its own. */
export function openInstallationId(database: StateDatabase): () => string {
  database
    .prepare("insert or ignore into meta (key, value) values ('installation', ?)")
    .run(randomUUID());
  const find = database.prepare("select value from meta where key = 'installation'").pluck();
  return () => String(find.get());
}
