import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { makeFolder, removeTree } from '../../os/files.ts';
import type { Work } from '../../os/work.ts';
import type { Capture } from '../source.ts';
import { checkDumpFolder } from './check-dump-folder.ts';
import { countTables } from './count-tables.ts';
import { wordPlace } from './database-place.ts';
import { tablesIn } from './dump-contents.ts';
import { type DumpFacts, dumpFolder, globalsName } from './dump-facts.ts';
import { dumpMembers } from './dump-members.ts';
import { readFacts } from './read-facts.ts';
import { openLogin, runTool, type ToolLogin } from './run-tool.ts';
import { asking, isNoDatabase, lockWithinMs, openSession } from './sessions.ts';
import { type PostgresSourceSettings, serverOf } from './settings.ts';
import { isStandby } from './standby.ts';
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
    const unlogged = (await asking(work.signal, isStandby(session, work.signal)))
      ? [`source "${source}": its server is a standby, which has no rows of unlogged tables`]
      : [];
    return {
      gaps: [],
      notes: [
        ...(facts.withoutGlobals === undefined ? [] : [withoutGlobals(source, facts)]),
        ...unlogged,
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

/** Facts, dump and counts are all of one snapshot, which lives as long as the session's transaction. */
async function dump(dumping: Dumping, session: SqlSession): Promise<DumpFacts> {
  const { source, server, tools, work } = dumping;
  const { signal } = work;
  await session.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', signal);
  const [exported] = await session.query('SELECT pg_export_snapshot() AS snapshot', signal);
  const read = await readFacts(session, signal);
  const [counted] = await together(signal, (until) => [
    countTables(session, until, (table) => work.progress(`count ${source}: ${table}`, 0, 0)),
    runDump(dumping, exported?.['snapshot'] ?? '', until),
  ]);
  await session.query('ROLLBACK', signal);
  const { tables, problem } = tablesIn(await listOf(dumping), counted);
  if (problem !== undefined) throw new KedgeError('source-miscounted', { source, problem });
  const why = await dumpGlobals(dumping);
  return {
    format: 1,
    server: session.version.split(' ')[0] ?? '',
    tools: tools.version,
    database: server.name,
    ...read,
    tables,
    ...(why === undefined ? {} : { withoutGlobals: why }),
  };
}

/** What fails ends the other, and is what is told. */
async function together<A, B>(
  signal: AbortSignal,
  begin: (until: AbortSignal) => readonly [Promise<A>, Promise<B>],
): Promise<readonly [A, B]> {
  const failed = new AbortController();
  const [one, other] = begin(AbortSignal.any([signal, failed.signal]));
  const stopping = async <T>(work: Promise<T>): Promise<T> =>
    await work.catch((error: unknown) => {
      failed.abort(error);
      throw error;
    });
  const ended = await Promise.allSettled([stopping(one), stopping(other)]);
  signal.throwIfAborted();
  if (failed.signal.aborted) throw failed.signal.reason;
  const [first, second] = ended;
  if (first.status === 'rejected') throw first.reason;
  if (second.status === 'rejected') throw second.reason;
  return [first.value, second.value];
}

/** Rows as they are, as zstd of the archive packs them; a file for each table, so that only what changed is stored again. */
async function runDump(dumping: Dumping, snapshot: string, signal: AbortSignal): Promise<void> {
  const { source, server, tools, login, folder } = dumping;
  const to = join(folder, dumpFolder);
  using _watch = watchSize(dumping, to);
  const wait = `--lock-wait-timeout=${lockWithinMs}`;
  const how = [wait, '-Fd', '-j', '2', '-Z', '0', '--no-sync', `--snapshot=${snapshot}`];
  await runTool(
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
  await runTool({ source, tool: tools.pathOf('pg_restore'), argv, login, folder }, work.signal);
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
    await runTool(
      { source, tool, argv: [...argv, '-l', connectionTo(server.name)], login, folder },
      work.signal,
    );
    return undefined;
  } catch (error) {
    if (!(error instanceof KedgeError) || error.failure.code !== 'postgres-tool-failed')
      throw error;
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
