import { join } from 'node:path';
import { failureOf, KedgeError } from '../../../protocol/failures.ts';
import { SqlError, type SqlSession } from '../../databases/sql-session.ts';
import { makeFolder, removeTree } from '../../os/files.ts';
import { together } from '../dumps/together.ts';
import { captureNotes, rowNotes } from './capture-notes.ts';
import type { CodeObject } from './code-object.ts';
import { countTables } from './count-tables.ts';
import { wordPlace } from './database-place.ts';
import { type DumpFacts, tablesFolder } from './dump-facts.ts';
import { type Dumping, dumpCode, dumpTables, dumpViews, keepsHistory } from './dump-parts.ts';
import { namingHolders } from './lock-holders.ts';
import { wordLongRows } from './long-rows.ts';
import { openDatabase } from './open-database.ts';
import { readCode } from './read-code.ts';
import { changesBetween, type DatabaseObjects, readObjects } from './read-objects.ts';
import { asking } from './sessions.ts';
import type { DumpedTable } from './split-dump.ts';
import { factsOf, refuseIncomplete, refuseOddNames } from './whole-dump.ts';

interface Dumped {
  readonly facts: DumpFacts;
  readonly objects: readonly CodeObject[];
  readonly notes: readonly string[];
}

/** Somebody may change tables or code for a while. */
const triesAtMost = 3;

/** Its parts are made one after the other: again where something was changed in between. */
export async function dumpDatabase(dumping: Dumping, session: SqlSession): Promise<Dumped> {
  const { source, folder, work } = dumping;
  for (let tries = 1; ; tries += 1) {
    await removeTree(folder);
    await makeFolder(join(folder, tablesFolder));
    const dumped = await dumpOnce(dumping, session);
    if ('facts' in dumped) return dumped;
    const what = `${dumped.changed.join(', ')} changed while it was dumped`;
    if (tries === triesAtMost)
      throw new KedgeError('source-miscounted', { source, problem: `${what}, ${tries} times` });
    work.log('warning', `source "${source}": ${what}: once more`);
  }
}

interface Changed {
  readonly changed: readonly string[];
}

async function dumpOnce(dumping: Dumping, session: SqlSession): Promise<Dumped | Changed> {
  const { source, database, work } = dumping;
  const { signal } = work;
  const read = async () => await asking(signal, readObjects(session, database, signal));
  const before = await read();
  refuseOddNames(source, before);
  const taken = await takeAll(dumping, session, before).catch(changedMeanwhile);
  if ('changed' in taken) return taken;
  const { objects } = taken;
  const after = await read();
  const changed = changesBetween(before, after);
  if (changed.length > 0) return { changed };
  const facts = factsOf(dumping, session, before, taken.dumped);
  await refuseIncomplete(dumping, facts, objects);
  const others = asDumped(dumping, after.tables, tablesWithOtherRows(after, taken));
  const recounted = await asking(signal, countTables(session, database, others, signal));
  return {
    facts,
    objects,
    notes: [
      ...(await asking(signal, captureNotes(dumping, session, before, signal))),
      ...rowNotes(source, taken.dumped, taken.counted, recounted),
      ...(await asking(signal, wordLongRows(facts.tables, session, signal))).map(
        (why) => `source "${source}": to bring this back: ${why}`,
      ),
    ],
  };
}

async function takeAll(
  dumping: Dumping,
  session: SqlSession,
  found: DatabaseObjects,
): Promise<Taken & { readonly objects: readonly CodeObject[] }> {
  const { database, work } = dumping;
  const taken = await takeTables(dumping, found);
  const views = found.views.filter(({ isBroken }) => !isBroken).map(({ view }) => view);
  await dumpViews(dumping, views);
  if (found.code.length > 0) await dumpCode(dumping);
  return { ...taken, objects: await asking(work.signal, readCode(session, database, work.signal)) };
}

/** What was a table, view, routine, trigger or event is no longer what it was: gone, changed, renamed. */
const changedCodes: ReadonlySet<string> = new Set([
  '1412',
  '1146',
  '1109',
  '1356',
  '1305',
  '1360',
  '1539',
]);
const changedPattern = new RegExp(
  String.raw`\b(?:${[...changedCodes].join('|')})\b|Couldn't find table`,
);

function changedMeanwhile(error: unknown): Changed {
  const { code, params } = failureOf(error);
  const why = String(params['why']);
  const cause = error instanceof KedgeError ? error.cause : undefined;
  const isChange =
    code === 'dump-tool-failed'
      ? changedPattern.test(why)
      : cause instanceof SqlError && changedCodes.has(cause.code);
  if (!isChange) throw error;
  return { changed: [`something (${why})`] };
}

interface Taken {
  readonly dumped: readonly DumpedTable[];
  readonly counted: ReadonlyMap<string, number>;
}

function tablesWithOtherRows(
  { tables }: DatabaseObjects,
  { dumped, counted }: Taken,
): DatabaseObjects['tables'] {
  const same = new Set(
    dumped.filter(({ table, rows }) => counted.get(table) === rows).map(({ table }) => table),
  );
  return tables.filter(({ table }) => !same.has(table));
}

/** Rows that were are counted only where they are in the dump. */
function asDumped(
  { tools }: Dumping,
  all: DatabaseObjects['tables'],
  asked = all,
): DatabaseObjects['tables'] {
  const kept = keepsHistory(tools, all);
  return asked.map((table) => ({ ...table, isVersioned: kept && table.isVersioned }));
}

/** Counted in a moment of its own, right before that of the dump: there is no way to make it the same. */
async function takeTables(
  dumping: Dumping,
  { tables }: Pick<DatabaseObjects, 'tables'>,
): Promise<Taken> {
  const { source, server, database, work } = dumping;
  const { signal } = work;
  const names = tables.map(({ table }) => table);
  // Of its own: one that ends with the dump must not take the other questions along.
  using counting = await openDatabase(source, server, signal);
  await asking(signal, counting.query('START TRANSACTION WITH CONSISTENT SNAPSHOT', signal));
  const [counted, dumped] = await together(signal, (until) => [
    asking(until, countTables(counting, database, asDumped(dumping, tables), until)).catch(
      async (error: unknown) => {
        throw await namingHolders(error, `dumping the ${wordPlace(server)}`, server, until);
      },
    ),
    dumpTables(dumping, tables, until),
  ]);
  const came = new Set(dumped.map(({ table }) => table));
  const missing = names.find((name) => !came.has(name));
  if (missing === undefined && came.size === dumped.length && came.size === names.length)
    return { dumped, counted };
  const problem = `table "${missing ?? dumped[0]?.table}" did not come by once`;
  throw new KedgeError('source-miscounted', { source, problem });
}
