import { identifier } from '../../../databases/postgres/quote.ts';
import type { SqlSession } from '../../../databases/sql-session.ts';
import type { LiveTable } from './live-tables.ts';

/** Triggers and rules of a table that would act on rows which only come back. */
export interface Quieting {
  readonly off: readonly string[];
  /** As each was before. */
  readonly on: readonly string[];
}

const stateWords: Readonly<Record<string, string>> = { O: 'ENABLE', A: 'ENABLE ALWAYS' };

export async function readQuieting(
  session: SqlSession,
  { oid, quoted }: LiveTable,
  signal: AbortSignal,
): Promise<Quieting> {
  const found = await session.query(
    `SELECT 'TRIGGER' AS kind, tgname AS name, tgenabled AS state FROM pg_trigger
       WHERE tgrelid = ${oid} AND NOT tgisinternal AND tgenabled IN ('O', 'A')
     UNION ALL SELECT 'RULE', rulename, ev_enabled FROM pg_rewrite
       WHERE ev_class = ${oid} AND ev_enabled IN ('O', 'A') ORDER BY 1, 2`,
    signal,
  );
  const words = (word: string, kind: string | null | undefined, name: string | null | undefined) =>
    `ALTER TABLE ${quoted} ${word} ${kind} ${identifier(name ?? '')}`;
  return {
    off: found.map(({ kind, name }) => words('DISABLE', kind, name)),
    on: found.map(({ kind, name, state }) =>
      words(stateWords[state ?? ''] ?? 'ENABLE', kind, name),
    ),
  };
}
