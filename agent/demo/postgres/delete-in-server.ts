import type { Config } from '../../config/config.ts';
import { asking, openSession } from '../../sources/postgres/sessions.ts';
import { serverOf } from '../../sources/postgres/settings.ts';

/** Deletes patients from a clinic whose database is in a server, and answers how many; undefined: it is in a file. */
export async function deleteInServer(
  { sources }: Config,
  count: number,
  signal: AbortSignal,
): Promise<readonly [number, string] | undefined> {
  const source = Object.values(sources).find(({ engine }) => engine === 'postgres');
  if (source?.engine !== 'postgres') return undefined;
  const server = serverOf(source);
  using session = await openSession(server, server.name, signal);
  const rows = await asking(
    signal,
    session.query(
      `DELETE FROM public.patients WHERE id IN
        (SELECT id FROM public.patients ORDER BY id LIMIT ${Math.trunc(count)}) RETURNING id`,
      signal,
    ),
  );
  return [rows.length, 'in the PostgreSQL server'];
}
