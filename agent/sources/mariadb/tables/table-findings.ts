import type { SqlSession } from '../../../databases/sql-session.ts';
import type { RestoreFindings } from '../../restore-kind.ts';
import { everywhereAccounts, unknownAccounts } from '../account-findings.ts';
import { viewsIn } from '../list-objects.ts';
import { lookedAt } from '../restore-findings.ts';
import { missingRights } from '../restore-rights.ts';
import { notAtOnce, otherServer, preparedTransactions, readOnly } from '../server-findings.ts';
import { readForeignKeys } from './foreign-keys.ts';
import type { TablePart } from './table-part.ts';

/** What stands against bringing tables back into the live database, whatever is in them. Reads only. */
export async function tableFindings(
  part: TablePart,
  signal: AbortSignal,
): Promise<RestoreFindings> {
  const { server, archived } = part;
  const asked = { source: archived.name, server };
  return await lookedAt(asked, signal, async (session) => await look(part, session, signal));
}

async function look(
  { server, facts, wanted }: TablePart,
  session: SqlSession,
  signal: AbortSignal,
): Promise<RestoreFindings> {
  const names = wanted.map(({ table }) => table);
  const { abroad } = await readForeignKeys(session, server.name, names, signal);
  const views = new Set(await viewsIn(session, server.name, signal));
  return {
    warnings: [
      ...notAtOnce(session),
      ...(await everywhereAccounts(server, session, signal)),
      ...(await preparedTransactions(session, signal)),
    ],
    obstacles: [
      ...otherServer(facts, session),
      ...(await readOnly(session, signal)),
      ...(await missingRights(session, server, facts.definers, signal)),
      ...(await unknownAccounts(server, session, signal)),
      ...abroad.map(({ words }) => `${words}: drop it first, and make it again afterwards`),
      ...names
        .filter((name) => views.has(name))
        .map((name) => `where table "${name}" was is a view of that name now: drop it first`),
    ],
  };
}
