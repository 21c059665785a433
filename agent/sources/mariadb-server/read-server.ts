import { realpath } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { showName } from '../../archive/member-name.ts';
import { literal } from '../../databases/mariadb/quote.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { walk } from '../tree/walk.ts';

/** What a running server says of itself. */
export interface LiveServer {
  /** "10.11.19". */
  readonly version: string;
  readonly isMariadb: boolean;
  /** Links resolved where it can be seen. */
  readonly dataFolder: string;
  /** What lies outside of that, in words. */
  readonly outside: readonly string[];
  /** Plugins that know keys, and what is encrypted with them. */
  readonly encryption: readonly string[];
  readonly writesBinaryLog: boolean;
  /** What a server needs to start on a copy of its folder, by the name of the variable. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Those that must be the same for the files to be read. */
const startVariables = [
  'innodb_page_size',
  'innodb_data_file_path',
  'innodb_undo_tablespaces',
  'innodb_log_file_size',
  'lower_case_table_names',
] as const;

/** Where files of the server may lie beside its folder. */
const folderVariables = [
  'innodb_data_home_dir',
  'innodb_undo_directory',
  'innodb_log_group_home_dir',
  'aria_log_dir_path',
] as const;

const otherVariables = ['datadir', 'log_bin', 'innodb_encrypt_log'] as const;

export async function readServer(session: SqlSession, signal: AbortSignal): Promise<LiveServer> {
  const variables = await readVariables(session, signal);
  const dataFolder = await realOf(variables['datadir'] ?? '');
  return {
    version: session.version.split('-')[0] ?? session.version,
    isMariadb: session.version.includes('MariaDB'),
    dataFolder,
    outside: [...(await foldersOutside(variables, dataFolder)), ...filesOutside(dataFolder)],
    encryption: await readEncryption(session, variables, signal),
    writesBinaryLog: variables['log_bin'] === 'ON',
    settings: Object.fromEntries(
      startVariables.flatMap((name) => {
        const value = variables[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
  };
}

async function readVariables(
  session: SqlSession,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const names = [...startVariables, ...folderVariables, ...otherVariables].map(literal).join(', ');
  const rows = await session.query(
    `SELECT LOWER(variable_name) AS name, variable_value AS value
     FROM information_schema.global_variables WHERE variable_name IN (${names})`,
    signal,
  );
  return Object.fromEntries(rows.map(({ name, value }) => [name ?? '', value ?? '']));
}

async function foldersOutside(
  variables: Readonly<Record<string, string>>,
  dataFolder: string,
): Promise<readonly string[]> {
  const outside: string[] = [];
  for (const name of folderVariables) {
    const value = variables[name] ?? '';
    if (value === '') continue;
    const folder = await realOf(isAbsolute(value) ? value : join(dataFolder, value));
    // Also not below it: a copy has them in its root.
    if (folder !== dataFolder) outside.push(`${name} is "${value}"`);
  }
  const files = variables['innodb_data_file_path'] ?? '';
  if (files.includes('/')) outside.push(`innodb_data_file_path is "${files}"`);
  return outside;
}

/** Tables with a DATA DIRECTORY of their own: InnoDB has a file that says where, others a link. */
export function filesOutside(dataFolder: string): readonly string[] {
  const outside: string[] = [];
  for (const found of walk(Buffer.from(dataFolder), () => false)) {
    if (found.kind !== 'entry') continue;
    const path = found.relative.toString('latin1');
    if (path.endsWith('.isl') || found.stat.isSymbolicLink())
      outside.push(showName(found.relative));
  }
  return outside;
}

async function readEncryption(
  session: SqlSession,
  variables: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const rows = await session.query(
    `SELECT plugin_name AS name FROM information_schema.plugins
     WHERE plugin_type = 'ENCRYPTION' AND plugin_status = 'ACTIVE'`,
    signal,
  );
  return [
    ...rows.map(({ name }) => `the plugin "${name}"`),
    ...(variables['innodb_encrypt_log'] === 'ON' ? ['innodb_encrypt_log'] : []),
  ];
}

async function realOf(folder: string): Promise<string> {
  const bare = folder.length > 1 && folder.endsWith('/') ? folder.slice(0, -1) : folder;
  return await realpath(bare).catch(() => bare);
}
