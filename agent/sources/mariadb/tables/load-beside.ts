import { KedgeError } from '../../../../protocol/failures.ts';
import { identifier } from '../../../databases/mariadb/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import type { Work } from '../../../os/work.ts';
import { nameBeside, stampOf } from '../../name-beside.ts';
import type { BesideTables } from '../../part-order.ts';
import { nameLimit } from '../database-place.ts';
import { type Move, named, rename } from '../rename-step.ts';
import { asking, openSession } from '../sessions.ts';
import { inLookDatabase } from './look-database.ts';
import { loadTables, type TablePart } from './table-part.ts';

/** Also of tables that are gone or have other columns by now: each is made as the backup says, without foreign keys. */
export function tablesBeside(part: TablePart): BesideTables {
  const { wanted, refused, archived } = part;
  return {
    tables: wanted.map(({ table }) => table),
    problems: refused.map(
      ({ table, problem }) => `table "${table}" of source "${archived.name}": ${problem}`,
    ),
    make: async (nowMs, work) =>
      await inLookDatabase(part.server, work, async (database) => {
        using session = await openSession(part.server, work.signal);
        return await asking(work.signal, make(part, session, { database, nowMs }, work));
      }),
  };
}

/** Made in a database of their own, and moved all by one rename. */
async function make(
  part: TablePart,
  session: SqlSession,
  { database, nowMs }: { readonly database: string; readonly nowMs: number },
  { signal, progress }: Work,
): Promise<readonly string[]> {
  const { server, wanted } = part;
  let done = 0;
  const onBytes = (bytes: number): void => {
    done += bytes;
    progress('load tables beside', done, 0);
  };
  const { refused } = await loadTables(
    part,
    { session, database, onBytes, isBeside: true },
    signal,
  );
  const [first] = refused;
  if (first !== undefined) {
    const why = `table "${first.table}": ${first.problem}`;
    throw new KedgeError('restore-refused', { why });
  }
  const made = wanted.map(({ table, rows = 0 }) => {
    const own = nameBeside(table, `then_${stampOf(nowMs)}`, nameLimit);
    return { table, rows, own, from: named(database, table), to: named(server.name, own) };
  });
  await rename(session, made satisfies readonly Move[], signal);
  return made.map(
    ({ table, rows, own, to }) =>
      `table ${identifier(own)} holds the ${rows} rows of ${table} as they were; drop it when it is not needed any more: DROP TABLE ${to};`,
  );
}
