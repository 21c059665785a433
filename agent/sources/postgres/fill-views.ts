import { identifier, literal } from '../../databases/postgres/quote.ts';
import { SqlError, type SqlSession } from '../../databases/sql-session.ts';
import type { DumpFacts } from './dump-facts.ts';
import { asking } from './sessions.ts';

const filling = /^\d+; \d+ \d+ MATERIALIZED VIEW DATA (.*)$/;

/** The contents of a dump but for what fills materialized views: one that fails would end all of it. */
export function withoutFilling(list: string): string {
  return list
    .split('\n')
    .filter((line) => !filling.test(line))
    .join('\n');
}

/**
 * Fills those that were, in the order of the dump, with the search_path that their database has: functions that they
 * call may need it. Answers of those that can't be filled why; they stay empty.
 */
export async function fillViews(
  session: SqlSession,
  { list, source, facts }: Filled,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const wanted = list.split('\n').flatMap((line) => filling.exec(line)?.[1] ?? []);
  if (wanted.length === 0) return [];
  const rows = await asking(signal, session.query(viewsSql, signal));
  const notes: string[] = [];
  await asking(signal, session.query(searchPathSql(facts), signal));
  for (const entry of wanted) {
    const views = rows.filter((row) => row['entry'] === entry);
    if (views.length === 0)
      notes.push(`materialized view "${entry}" of source "${source}" is empty: REFRESH it`);
    for (const { schema, name } of views) {
      const view = `${identifier(schema ?? '')}.${identifier(name ?? '')}`;
      const why = await whyEmpty(session, view, signal);
      if (why === undefined) continue;
      const words = `materialized view ${view} of source "${source}" can't be filled and is empty`;
      notes.push(`${words}, REFRESH it when that is mended: ${why}`);
    }
  }
  return notes;
}

interface Filled {
  /** As pg_restore lists the contents of the dump. */
  readonly list: string;
  readonly source: string;
  readonly facts: DumpFacts;
}

/** A list has a blank where a name has a line break. */
const viewsSql = `SELECT schemaname AS schema, matviewname AS name,
    translate(schemaname || ' ' || matviewname || ' ' || matviewowner, E'\\n\\r', '  ') AS entry
  FROM pg_matviews`;

function searchPathSql({ properties: { settings } }: DumpFacts): string {
  const own = settings.find(({ role, name }) => role === undefined && name === 'search_path');
  return `SELECT set_config('search_path', ${literal(own?.value ?? '"$user", public')}, false)`;
}

/** Resources that lack, and a server that ends, are no fault of a view. Source: PostgreSQL manual, appendix A. */
const ofServer = /^(?:53|57P|58|XX)/;

async function whyEmpty(
  session: SqlSession,
  view: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    await session.query(`REFRESH MATERIALIZED VIEW ${view}`, signal);
    return undefined;
  } catch (error) {
    if (!(error instanceof SqlError) || ofServer.test(error.code)) throw error;
    return error.message;
  }
}
