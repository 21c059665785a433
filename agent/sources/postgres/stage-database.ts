import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import { beforeOperation } from '../../os/faults.ts';
import { makeFolder, removeTree, writeFileAtomic } from '../../os/files.ts';
import { runDumpTool } from '../dumps/run-dump-tool.ts';
import { pathBelow } from '../member-path.ts';
import type { ArchivedSource, StageWork } from '../restore-kind.ts';
import { writeMemberFile } from '../write-member.ts';
import { connectionTo } from './capture.ts';
import { countTables } from './count-tables.ts';
import { allow, createDatabase, giveProperties } from './create-database.ts';
import { DumpCheck } from './dump-check.ts';
import { type DumpFacts, dumpFolder } from './dump-facts.ts';
import { fillViews, withoutFilling } from './fill-views.ts';
import { readingMoney } from './monetary.ts';
import { openLogin } from './open-login.ts';
import { readList } from './read-contents.ts';
import { asking, openMaintenance, openSession } from './sessions.ts';
import { findTools, readerMajor } from './tools.ts';

export interface Staging {
  readonly source: string;
  readonly server: PostgresSettings;
  /** Of the database that is made; its name is in the journal. */
  readonly name: string;
}

/**
 * Unpacks the dump, loads it into a new database and proves that: rows counted, statistics made, properties given.
 * Answers notes.
 */
export async function stageDatabase(
  staging: Staging,
  archived: ArchivedSource,
  work: StageWork,
  onBytes: (bytes: number) => void,
): Promise<readonly string[]> {
  const folder = join(work.scratch, staging.source);
  await removeTree(folder);
  try {
    const facts = await unpackDump(archived, folder, work.signal, onBytes);
    const notes = await loadDump(staging, facts, folder, work);
    await proveDump(staging, facts, work.signal);
    await finishDatabase(staging, facts, work.signal);
    return notes;
  } finally {
    await removeTree(folder);
  }
}

/** Answers what describes it, after all of it was held against that. */
async function unpackDump(
  archived: ArchivedSource,
  folder: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<DumpFacts> {
  const check = new DumpCheck();
  await makeFolder(folder);
  for await (const member of archived.members()) {
    if (member.kind !== 'file') continue;
    const path = pathBelow(member.name, archived.name).toString();
    const to = join(folder, path);
    await makeFolder(dirname(to));
    const part = check.part(path);
    const content = archived.content(member, signal);
    await writeMemberFile(
      to,
      member,
      seen(content, (bytes) => part.write(bytes)),
      onBytes,
    );
    part.end();
  }
  const { problem } = check.result();
  if (problem === undefined && check.facts !== undefined) return check.facts;
  const why = `the dump of source "${archived.name}" in it is damaged: ${problem}`;
  throw new KedgeError('restore-refused', { why });
}

async function* seen(
  content: AsyncIterable<Uint8Array>,
  see: (bytes: Uint8Array) => void,
): AsyncGenerator<Uint8Array> {
  for await (const bytes of content) {
    see(bytes);
    yield bytes;
  }
}

/** It copies an empty template. */
const makeWithinMs = 60_000;

/** Into a new database of this name; the dump lies in `folder`. Answers notes. */
export async function loadDump(
  { source, server, name }: Staging,
  facts: DumpFacts,
  folder: string,
  { signal, scratch }: StageWork,
): Promise<readonly string[]> {
  using session = await openMaintenance(server, signal);
  const tools = await findTools(source, readerMajor(session, facts), signal);
  beforeOperation('create database', name);
  // Cancelled meanwhile, a server would go on and make it after it was dropped.
  const making = AbortSignal.timeout(makeWithinMs);
  await asking(signal, createDatabase(session, name, facts.properties, making));
  signal.throwIfAborted();
  const beside = join(scratch, `${source}.login`);
  await using login = await openLogin(server, beside);
  const environment = { ...login.environment, ...readingMoney(facts.monetary) };
  const tool = tools.pathOf('pg_restore');
  const run = async (argv: readonly string[]) => {
    const order = { source, tool, argv: [...argv, join(folder, dumpFolder)], folder };
    await runDumpTool({ ...order, login: { ...login, environment } }, signal);
  };
  const [contents, chosen] = [join(beside, 'contents'), join(beside, 'chosen')];
  await run(['--list', '-f', contents]);
  const list = readList(await readFile(contents), facts.properties.encoding);
  await writeFileAtomic(chosen, withoutFilling(list), 0o600);
  // A subscription would take part in the slot of the live one, and no database that has one can be dropped.
  const how = ['-j', '2', '--exit-on-error', '--no-subscriptions', '-L', chosen];
  await run([...login.argv, ...how, '-d', connectionTo(name)]);
  using made = await openSession(server, name, signal);
  return await asking(signal, fillViews(made, { list, source, facts }, signal));
}

/** Statistics made, rows counted. */
export async function proveDump(
  { source, server, name }: Staging,
  { tables }: DumpFacts,
  signal: AbortSignal,
): Promise<void> {
  using session = await openSession(server, name, signal);
  // Its application must not meet a database that knows nothing of itself.
  await asking(signal, session.query('ANALYZE', signal));
  const found = await asking(signal, countTables(session, signal));
  const rows = new Map(found.map((counted) => [counted.table, counted.rows]));
  const wrong = tables.find(
    (each) => each.rows !== undefined && rows.get(each.table) !== each.rows,
  );
  if (wrong === undefined) return;
  const problem = `table "${wrong.table}" has ${rows.get(wrong.table) ?? 'no'} rows instead of ${wrong.rows}`;
  throw new KedgeError('source-miscounted', { source, problem });
}

/** Closed until it is the live one. */
async function finishDatabase(
  { server, name }: Staging,
  { properties }: DumpFacts,
  signal: AbortSignal,
): Promise<void> {
  using session = await openMaintenance(server, signal);
  await asking(signal, giveProperties(session, name, properties, signal));
  await asking(signal, session.query(allow(name, false), signal));
}
