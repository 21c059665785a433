import { KedgeError } from '../../../protocol/failures.ts';
import { productOf } from '../../databases/mariadb/product.ts';
import { identifier } from '../../databases/mariadb/quote.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { type CodeObject, wordCode } from './code-object.ts';
import type { KeptCode } from './code-table.ts';
import { createCode, dropCode, missingCode } from './create-code.ts';

/**
 * Makes code in the database that is not live yet, and drops it again: what a server refuses is known before anything
 * stops. Events would begin, and what names the live database would be made there: these are not tried. Answers all of
 * it, doubtful views marked.
 */
export async function proveCode(
  session: SqlSession,
  { name, live, kept }: { readonly name: string; readonly live: string; readonly kept: KeptCode },
  signal: AbortSignal,
): Promise<readonly CodeObject[]> {
  const { from } = kept;
  const objects = kept.objects.filter(
    (object) =>
      object.kind !== 'event' && !(object.kind === 'trigger' && names(object, live, from)),
  );
  const doubtful = new Set<CodeObject>();
  const onBroken = (view: CodeObject) => void doubtful.add(view);
  await createCode(session, { database: name, from, objects, onBroken }, signal);
  const missing = await missingCode(session, name, objects, signal);
  const lost = missing.find((object) => !doubtful.has(object));
  await session.query(`USE ${identifier('information_schema')}`, signal);
  await dropCode(session, name, signal);
  if (lost === undefined)
    return kept.objects.map((object) =>
      doubtful.has(object) ? { ...object, isDoubtful: true } : object,
    );
  const why = `the server makes no ${wordCode(lost)} of the backup`;
  throw new KedgeError('database-failed', { product: productOf(session), why });
}

function names({ sql }: CodeObject, ...databases: readonly string[]): boolean {
  const text = sql.toLowerCase();
  return databases.some((database) => text.includes(database.toLowerCase()));
}
