import { literal } from '../../databases/postgres/quote.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import { nameBeside } from './database-place.ts';
import { asking, openMaintenance } from './sessions.ts';

const never = new AbortController().signal;

/**
 * A name that no database has: one of that name may be somebody's own, or of another Kedge whose jobs have the same
 * numbers, and what is made under it is dropped by its name where a restore does not end well.
 */
export async function freeNameBeside(server: PostgresSettings, suffix: string): Promise<string> {
  using session = await openMaintenance(server, never);
  for (let more = ''; ; more += '0') {
    const name = nameBeside(server.name, suffix + more);
    const sql = `SELECT FROM pg_database WHERE datname = ${literal(name)}`;
    if ((await asking(never, session.query(sql, never))).length === 0) return name;
  }
}
