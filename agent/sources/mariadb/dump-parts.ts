import { join } from 'node:path';
import type { MariadbSettings } from '../../databases/mariadb/settings.ts';
import { createNewFile } from '../../os/new-file.ts';
import type { Work } from '../../os/work.ts';
import { runDumpTool, type ToolLogin } from '../dumps/run-dump-tool.ts';
import { codeName, tablesFolder, viewsName } from './dump-facts.ts';
import { isOlder } from './older.ts';
import type { FoundTable } from './read-objects.ts';
import { type DumpedTable, DumpSplitter } from './split-dump.ts';
import type { Tools } from './tools.ts';
import { type LockPace, whileUnlocked } from './while-unlocked.ts';

export interface Dumping {
  readonly source: string;
  readonly server: MariadbSettings;
  readonly database: string;
  readonly tools: Tools;
  readonly login: ToolLogin;
  /** What becomes the members. */
  readonly folder: string;
  /** For tests. */
  readonly locks?: LockPace;
  readonly work: Work;
}

/** The largest row that there can be, in hex. */
const packetBytes = 1024 * 1024 * 1024;

/** What all parts have in common. */
function usual({ tools, login }: Dumping): readonly string[] {
  const ofMysql = [
    '--set-gtid-purged=OFF',
    // It asks servers before 8.0 for what they have not got.
    ...(isOlder(tools.version, '8.0') ? [] : ['--column-statistics=0']),
  ];
  return [
    ...login.argv,
    '--default-character-set=utf8mb4',
    `--max-allowed-packet=${packetBytes}`,
    '--hex-blob',
    '--no-tablespaces',
    '--skip-add-drop-table',
    '--skip-add-locks',
    '--skip-dump-date',
    '--skip-lock-tables',
    ...(tools.isMysql ? ofMysql : []),
  ];
}

/** Older ones know nothing of it, and leave out what rows of such tables were. */
const withHistory = '10.11';
export function keepsHistory({ isMysql, version }: Tools, tables: readonly FoundTable[]): boolean {
  // It refuses all that it is asked for where one of these is among them.
  if (tables.some(({ isByTransaction }) => isByTransaction)) return false;
  return !isMysql && !isOlder(version, withHistory);
}

/** All tables as they were in one moment, without locking anybody out, each into a file of its own while it comes. */
export async function dumpTables(
  dumping: Dumping,
  tables: readonly FoundTable[],
  signal: AbortSignal,
): Promise<readonly DumpedTable[]> {
  const { source, database, tools, folder, work } = dumping;
  if (tables.length === 0) return [];
  await using splitter = new DumpSplitter(join(folder, tablesFolder));
  let bytesDone = 0;
  const how = ['--single-transaction', '--quick', '--skip-triggers', '--no-autocommit'];
  const more = ['--order-by-primary', ...(keepsHistory(tools, tables) ? ['--dump-history'] : [])];
  const names = tables.map(({ table }) => table);
  const argv = [...usual(dumping), ...how, ...more, '--', database, ...names];
  const onOutput = async (bytes: Buffer): Promise<void> => {
    await splitter.write(bytes);
    bytesDone += bytes.length;
    work.progress(`dump ${source}`, bytesDone, 0);
  };
  await runDump(dumping, { argv, onOutput }, signal);
  return await splitter.end();
}

/** Apart from the tables: where they are restored, views come last. */
export async function dumpViews(dumping: Dumping, views: readonly string[]): Promise<void> {
  if (views.length === 0) return;
  const how = ['--no-data', '--skip-triggers', '--', dumping.database, ...views];
  await dumpInto(dumping, viewsName, how);
}

export async function dumpCode(dumping: Dumping): Promise<void> {
  const how = ['--no-data', '--no-create-info', '--triggers', '--routines', '--events'];
  await dumpInto(dumping, codeName, [...how, '--', dumping.database]);
}

async function dumpInto(dumping: Dumping, name: string, how: readonly string[]): Promise<void> {
  await using file = createNewFile(join(dumping.folder, name));
  const argv = [...usual(dumping), ...how];
  const onOutput = async (bytes: Buffer): Promise<void> => await file.write(bytes, file.sizeBytes);
  await runDump(dumping, { argv, onOutput }, dumping.work.signal);
}

async function runDump(
  { source, server, tools, login, folder, locks }: Dumping,
  {
    argv,
    onOutput,
  }: {
    readonly argv: readonly string[];
    readonly onOutput: (bytes: Buffer) => Promise<void>;
  },
  signal: AbortSignal,
): Promise<void> {
  const run = async (until: AbortSignal, heard: () => void): Promise<void> => {
    const told = async (bytes: Buffer): Promise<void> => {
      heard();
      await onOutput(bytes);
    };
    const order = { source, tool: tools.dump, argv, login, folder, onOutput: told };
    await runDumpTool(order, until);
  };
  await whileUnlocked(server, run, signal, locks);
}
