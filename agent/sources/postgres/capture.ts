import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { makeFolder, removeTree } from '../../os/files.ts';
import type { Work } from '../../os/work.ts';
import { runDumpTool, type ToolLogin } from '../dumps/run-dump-tool.ts';
import { together } from '../dumps/together.ts';
import type { Capture } from '../source.ts';
import { checkDumpFolder } from './check-dump-folder.ts';
import { countTables } from './count-tables.ts';
import { ownSchemaPatterns, wordPlace } from './database-place.ts';
import { tablesIn } from './dump-contents.ts';
import { type DumpFacts, dumpFolder, globalsName } from './dump-facts.ts';
import { dumpMembers } from './dump-members.ts';
import { monetaryOf } from './monetary.ts';
import { openLogin } from './open-login.ts';
import { readFacts } from './read-facts.ts';
import { asking, isNoDatabase, lockWithinMs, openSession } from './sessions.ts';
import { type PostgresSourceSettings, serverOf } from './settings.ts';
import { isStandby } from './standby.ts';
import { subscriptionsOf } from './subscriptions.ts';
import { readShapes } from './tables/table-shape.ts';
import { findTools, majorOf, type Tools } from './tools.ts';

interface Dumping {
  readonly source: string;
  readonly server: PostgresSettings;
  readonly tools: Tools;
  readonly login: ToolLogin;
  /** What becomes the members. */
  readonly folder: string;
  readonly work: Work;
}

/** One snapshot of a database, dumped into scratch while others write, with the rows of each table counted in it. */
export async function capturePostgres(
  source: string,
  settings: PostgresSourceSettings,
  work: Work,
): Promise<Capture> {
  const server = serverOf(settings);
  const folder = join(work.scratch, source);
  work.signal.throwIfAborted();
  const remove = async () => await removeTree(folder);
  try {
    using session = await openDatabase(source, server, work.signal);
    const tools = await findTools(source, majorOf(session.version), work.signal);
    await makeFolder(folder);
    await using login = await openLogin(server, join(work.scratch, `${source}.login`));
    const dumping = { source, server, tools, login, folder, work };
    const facts = await asking(work.signal, dump(dumping, session));
    await refuseMiscounted(dumping, facts);
    const subscribed = await asking(
      work.signal,
      subscriptionsOf(session, server.name, work.signal),
    );
    const unlogged = (await asking(work.signal, isStandby(session, work.signal)))
      ? [`source "${source}": its server is a standby, which has no rows of unlogged tables`]
      : [];
    return {
      gaps: [],
      notes: [
        ...(facts.withoutGlobals === undefined ? [] : [withoutGlobals(source, facts)]),
        ...unlogged,
        ...withoutSubscriptions(source, subscribed),
      ],
      members: (signal) => dumpMembers(source, folder, facts, signal),
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** The live one; source-missing where the server has none of this name. */
export async function openDatabase(
  source: string,
  server: PostgresSettings,
  signal: AbortSignal,
): Promise<SqlSession> {
  try {
    return await openSession(server, server.name, signal);
  } catch (error) {
    if (!isNoDatabase(error)) throw error;
    throw new KedgeError('source-missing', { source, path: wordPlace(server) }, { cause: error });
  }
}

function withoutGlobals(source: string, { withoutGlobals: why }: DumpFacts): string {
  return `source "${source}": the roles of its server are not in this backup: ${why}`;
}

/** They would take changes of the same slot twice, and keep a database from being dropped. */
function withoutSubscriptions(source: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  const all = names.map((name) => `"${name}"`).join(', ');
  return [`source "${source}": subscriptions do not come back with it, make them anew: ${all}`];
}

/** Facts, dump and counts are all of one snapshot, which lives as long as the session's transaction. */
async function dump(dumping: Dumping, session: SqlSession): Promise<DumpFacts> {
  const { source, server, tools, work } = dumping;
  const { signal } = work;
  await session.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', signal);
  const [exported] = await session.query('SELECT pg_export_snapshot() AS snapshot', signal);
  const read = await readFacts(session, signal);
  const monetary = await monetaryOf(session, signal);
  const shapes = await readShapes(session, signal);
  const [counted] = await together(signal, (until) => [
    countTables(session, until, (table) => work.progress(`count ${source}: ${table}`, 0, 0)),
    runDump(dumping, { snapshot: exported?.['snapshot'] ?? '', ...read.properties }, until),
  ]);
  await session.query('ROLLBACK', signal);
  const { tables, problem } = tablesIn(await listOf(dumping), counted, shapes);
  if (problem !== undefined) throw new KedgeError('source-miscounted', { source, problem });
  const why = await dumpGlobals(dumping);
  return {
    format: 1,
    server: session.version.split(' ')[0] ?? '',
    tools: tools.version,
    database: server.name,
    ...read,
    tables,
    ...(monetary === undefined ? {} : { monetary }),
    ...(why === undefined ? {} : { withoutGlobals: why }),
  };
}

/** Rows as they are, as zstd of the archive packs them; a file for each table, so that only what changed is stored again. */
async function runDump(
  dumping: Dumping,
  { snapshot, encoding }: { readonly snapshot: string; readonly encoding: string },
  signal: AbortSignal,
): Promise<void> {
  const { source, server, tools, login, folder } = dumping;
  const to = join(folder, dumpFolder);
  using _watch = watchSize(dumping, to);
  const wait = `--lock-wait-timeout=${lockWithinMs}`;
  const without = ownSchemaPatterns.map((pattern) => `--exclude-schema=${pattern}`);
  const how = [
    wait,
    ...without,
    '-Fd',
    '-j',
    '2',
    '-Z',
    '0',
    '--no-sync',
    `--snapshot=${snapshot}`,
    // Not by what is set for clients of the database: rows may not go into that.
    `--encoding=${encoding}`,
  ];
  await runDumpTool(
    {
      source,
      tool: tools.pathOf('pg_dump'),
      argv: [...login.argv, ...how, '-f', to, '-d', connectionTo(server.name)],
      login,
      folder,
    },
    signal,
  );
}

/** A name may look like a connection string, with which all sorts of things can be said. */
export function connectionTo(database: string): string {
  const value = database.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return `dbname='${value}'`;
}

const lookMs = 1000;

/** pg_dump says nothing of how far it is. */
function watchSize({ source, work }: Dumping, folder: string): Disposable {
  const look = async (): Promise<void> => {
    const names = await readdir(folder).catch(() => []);
    const sizes = await Promise.all(
      names.map(async (name) => (await stat(join(folder, name))).size),
    ).catch(() => []);
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    work.progress(`dump ${source}`, bytes, 0);
  };
  const timer = setInterval(() => void look(), lookMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

async function listOf({ source, tools, login, folder, work }: Dumping): Promise<string> {
  const to = join(folder, 'list');
  const argv = ['--list', '-f', to, join(folder, dumpFolder)];
  await runDumpTool({ source, tool: tools.pathOf('pg_restore'), argv, login, folder }, work.signal);
  const list = await readFile(to, 'utf8');
  await removeTree(to);
  return list;
}

/** Roles, and which role is whose member, without passwords; why not, where the server keeps them to itself. */
async function dumpGlobals(dumping: Dumping): Promise<string | undefined> {
  const { source, server, tools, login, folder, work } = dumping;
  const to = join(folder, globalsName);
  const argv = [...login.argv, '--globals-only', '--no-role-passwords', '-f', to];
  const tool = tools.pathOf('pg_dumpall');
  try {
    await runDumpTool(
      { source, tool, argv: [...argv, '-l', connectionTo(server.name)], login, folder },
      work.signal,
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof KedgeError) || error.failure.code !== 'dump-tool-failed') throw error;
    await removeTree(to);
    return String(error.failure.params['why']);
  }
}

/** A connection that broke, or a program that lies: never a backup that looks whole. */
async function refuseMiscounted(
  { source, folder, work }: Dumping,
  facts: DumpFacts,
): Promise<void> {
  const { problem } = await checkDumpFolder(folder, facts, work.signal);
  if (problem !== undefined) throw new KedgeError('source-miscounted', { source, problem });
}
