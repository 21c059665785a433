import type { SqlSession } from '../../databases/sql-session.ts';
import { beforeOperation } from '../../os/faults.ts';
import { type CodeObject, wordCode } from './code-object.ts';
import { type CodeName, codeIn, nameOf } from './list-objects.ts';

/** Whether it is a trigger of one of these. */
export function isTriggerOf(tables: readonly string[]): (name: CodeName) => boolean {
  const asked = new Set(tables);
  return ({ kind, table = '' }) => kind === 'trigger' && asked.has(table);
}

/** Of a live database those that stand on one of these tables now. */
export async function dropTriggers(
  session: SqlSession,
  database: string,
  tables: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const found = await codeIn(session, database, signal);
  for (const name of found.filter(isTriggerOf(tables))) {
    beforeOperation('drop code', wordCode(name));
    await session.query(`DROP ${nameOf(name, database)}`, signal);
  }
}

/**
 * Of those of a database the ones to make again: all of a table where one is missing, as they run in the order in which
 * they are made. Others stay: their table may be held by whoever made an exchange fail, and would hold up the way back.
 */
export function triggersAgain(
  code: readonly CodeObject[],
  missing: readonly CodeObject[],
): readonly CodeObject[] {
  const triggers = missing.filter(({ kind }) => kind === 'trigger');
  const tables = triggers.flatMap(({ table }) => table ?? []);
  return code.filter(isTriggerOf(tables));
}
