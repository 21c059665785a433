import { dirname, join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import { beforeOperation } from '../../os/faults.ts';
import { makeFolder, removeTree } from '../../os/files.ts';
import { pathBelow } from '../member-path.ts';
import type { ArchivedSource, StageWork } from '../restore-kind.ts';
import { writeMemberFile } from '../write-member.ts';
import { connectionTo } from './capture.ts';
import { countTables } from './count-tables.ts';
import { allow, createDatabase, giveProperties } from './create-database.ts';
import { DumpCheck } from './dump-check.ts';
import { type DumpFacts, dumpFolder } from './dump-facts.ts';
import { openLogin, runTool } from './run-tool.ts';
import { asking, openMaintenance, openSession } from './sessions.ts';
import { findTools, majorOf } from './tools.ts';

export interface Staging {
  readonly source: string;
  readonly server: PostgresSettings;
  /** Of the database that is made; its name is in the journal. */
  readonly name: string;
}

/** Unpacks the dump, loads it into a new database and proves that: rows counted, statistics made, properties given. */
export async function stageDatabase(
  staging: Staging,
  archived: ArchivedSource,
  work: StageWork,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const folder = join(work.scratch, staging.source);
  await removeTree(folder);
  try {
    const facts = await unpackDump(archived, folder, work.signal, onBytes);
    await load(staging, facts, folder, work);
    await prove(staging, facts, work.signal);
    await finishDatabase(staging, facts, work.signal);
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

async function load(
  { source, server, name }: Staging,
  { properties }: DumpFacts,
  folder: string,
  { signal, scratch }: StageWork,
): Promise<void> {
  using session = await openMaintenance(server, signal);
  const tools = await findTools(source, majorOf(session.version), signal);
  beforeOperation('create database', name);
  await asking(signal, createDatabase(session, name, properties, signal));
  await using login = await openLogin(server, join(scratch, `${source}.login`));
  const how = ['-j', '2', '--exit-on-error', '-d', connectionTo(name)];
  await runTool(
    {
      source,
      tool: tools.pathOf('pg_restore'),
      argv: [...login.argv, ...how, join(folder, dumpFolder)],
      login,
      folder,
    },
    signal,
  );
}

async function prove(
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
