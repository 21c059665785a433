import { join } from 'node:path';
import { failureOf, KedgeError } from '../../../protocol/failures.ts';
import { usualPlace } from '../../databases/mariadb/open-session.ts';
import { type Product, productOf } from '../../databases/mariadb/product.ts';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import { reachOf } from '../../databases/place-of.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { beforeOperation } from '../../os/faults.ts';
import { spaceOf } from '../../os/files.ts';
import { runDumpTool } from '../dumps/run-dump-tool.ts';
import type { StageWork } from '../restore-kind.ts';
import { createDatabase } from './database-properties.ts';
import { MariadbDumpCheck } from './dump-check.ts';
import { type DumpFacts, tablesFolder } from './dump-facts.ts';
import { openLogin } from './open-login.ts';
import { moveDefaults } from './sequence-defaults.ts';
import { serverSpace } from './server-space.ts';
import { asking } from './sessions.ts';
import { findTools } from './tools.ts';

export interface Loading {
  readonly source: string;
  readonly server: MariadbSettings;
  /** Of the database that is made. */
  readonly name: string;
  readonly facts: DumpFacts;
  /** Each file of the dump, its path below the source; may be asked for more than once. */
  readonly files: () => AsyncIterable<DumpFile>;
}

export interface DumpFile {
  readonly path: string;
  readonly content: AsyncIterable<Uint8Array>;
}

/** Makes a database and loads a dump into it while it is read; all of it is held against what describes it. */
export async function loadDump(
  loading: Loading,
  session: SqlSession,
  { signal, scratch }: StageWork,
): Promise<void> {
  const { source, server, name, facts } = loading;
  beforeOperation('create database', name);
  await asking(signal, createDatabase(session, name, facts, signal));
  const tools = await findTools(source, session, signal);
  await using login = await openLogin(server, join(scratch, `${source}.login`), productOf(session));
  const check = new MariadbDumpCheck();
  const order = {
    source,
    tool: tools.client,
    // Binary mode: nothing in an archive may be a command of the program itself, as to run another one.
    argv: [
      ...login.argv,
      ...['--batch', '--binary-mode', '--default-character-set=utf8mb4'],
      // Nor send files of this machine into a table.
      '--local-infile=0',
      `--max-allowed-packet=${mostPacketBytes}`,
      `--database=${name}`,
    ],
    login,
    folder: scratch,
    input: statements(loading, check),
  };
  await runDumpTool(order, signal).catch(async (error: unknown) => {
    throw await told(error, server, productOf(session));
  });
  const { problem } = check.result();
  if (problem === undefined) return;
  const why = `the dump of source "${source}" in it is damaged: ${problem}`;
  throw new KedgeError('restore-refused', { why });
}

/** As much as the program can. */
const mostPacketBytes = 1024 * 1024 * 1024;

/** With less a server can't make its files larger. */
const fullBytes = 16 * 1024 * 1024;

/**
 * Without the statement, which is made of rows. That a disk is full is said of the table, or as an error of whatever was
 * done then.
 */
async function told(error: unknown, server: MariadbSettings, product: Product): Promise<unknown> {
  const { code, params } = failureOf(error);
  if (code !== 'dump-tool-failed') return error;
  const [why = String(params['why'])] = /\bERROR \d+ .*$/s.exec(String(params['why'])) ?? [];
  if (!/^ERROR 1114 |errno: 28\b/.test(why) && !(await isFull(server)))
    return new KedgeError(code, { ...params, why });
  const { where } = reachOf(server, usualPlace);
  return new KedgeError('database-no-space', { product, where, why });
}

/** Its disk, where that can be seen from here. */
export async function isFull(server: MariadbSettings): Promise<boolean> {
  const folder = await serverSpace(server);
  return folder !== undefined && (await spaceOf(folder)).freeBytes < fullBytes;
}

/** One file after the other, sequences first, as tables take from them; each ends its last statement. */
async function* statements(
  { name, facts: { tables, database }, files }: Loading,
  check: MariadbDumpCheck,
): AsyncGenerator<Uint8Array> {
  const pathsOf = (asked: 'sequence' | 'table'): ReadonlySet<string> =>
    new Set(
      tables.filter(({ kind }) => kind === asked).map(({ file }) => `${tablesFolder}/${file}`),
    );
  const [sequences, others] = [pathsOf('sequence'), pathsOf('table')];
  for await (const file of files()) if (sequences.has(file.path)) yield* checked(file, check);
  for await (const file of files()) {
    if (sequences.has(file.path)) continue;
    const content = checked(file, check);
    if (!others.has(file.path)) await drain(content);
    else if (sequences.size > 0) yield* moveDefaults(content, database, name);
    else yield* content;
  }
}

async function* checked(
  { path, content }: DumpFile,
  check: MariadbDumpCheck,
): AsyncGenerator<Uint8Array> {
  const part = check.part(path);
  for await (const bytes of content) {
    part.write(bytes);
    yield bytes;
  }
  part.end();
}

async function drain(content: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of content);
}
