import { literal } from '../../databases/postgres/quote.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import { asking, openMaintenance } from './sessions.ts';

/** Whether the server has it, open to clients or not. */
export async function isDatabaseThere(
  server: PostgresSettings,
  signal: AbortSignal,
  name = server.name,
): Promise<boolean> {
  using session = await openMaintenance(server, signal);
  const sql = `SELECT FROM pg_database WHERE datname = ${literal(name)}`;
  return (await asking(signal, session.query(sql, signal))).length > 0;
}
