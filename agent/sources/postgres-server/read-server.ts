import { realpath } from 'node:fs/promises';
import { KedgeError } from '../../../protocol/failures.ts';
import { literal } from '../../databases/postgres/quote.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import type { ServerFacts } from '../physical/server-facts.ts';
import { keptSettings, own } from './server-settings.ts';
import { product } from './sessions.ts';

/** Before it a server has another command for what is asked here, and a stream without names. */
export const majorAtLeast = 15;

/** What is known of a server before it is copied. */
export interface FoundServer {
  readonly facts: ServerFacts;
  readonly bytes: number;
  readonly notes: readonly string[];
}

/** What is to be known of a server; fails with what keeps it from being copied. */
export async function readServer(
  session: SqlSession,
  { source, data }: { readonly source: string; readonly data: string },
  signal: AbortSignal,
): Promise<FoundServer> {
  const [row = {}] = await session.query(sql, signal);
  const value = (name: string): string => row[name] ?? '';
  const refuse = (why: string): never => {
    throw new KedgeError('postgres-not-copied', { source, why });
  };
  const major = Number.parseInt(session.version, 10);
  if (!(major >= majorAtLeast)) {
    refuse(`its version is ${session.version}, and only ${majorAtLeast} and newer can be copied`);
  }
  if (value('standby') === 't') refuse('it is a standby; name the server that it follows');
  if (await isOtherFolder(value('data_directory'), data)) {
    refuse(`"data" is "${data}", and its data folder is "${value('data_directory')}"`);
  }
  if (value('tablespaces') !== '') {
    refuse(`it has tablespaces outside of its data folder: ${value('tablespaces')}`);
  }
  if (value('wal_level') === 'minimal') {
    refuse('its wal_level is "minimal"; set wal_level = replica and restart it');
  }
  if (value('max_wal_senders') === '0') {
    refuse('its max_wal_senders is 0; set it to 2 or more and restart it');
  }
  const dataFolder = value('data_directory');
  const configFiles = value('config_files')
    .split('\n')
    .filter((file) => file !== '' && dataFolder !== '' && !file.startsWith(`${dataFolder}/`));
  const settings = Object.fromEntries(keptSettings.map((name) => [name, value(name)]));
  return {
    facts: {
      format: 1,
      product,
      server: session.version.split(' ')[0] ?? session.version,
      dataFolder: dataFolder === '' ? data : dataFolder,
      databases: value('databases')
        .split('\n')
        .filter((name) => name !== ''),
      serverId: value('system_identifier'),
      settings: {
        ...settings,
        [own.superuser]: value('superuser'),
        [own.folderMode]: value('data_directory_mode'),
        [own.configFiles]: configFiles.join('\n'),
        [own.slots]: value('slots'),
        [own.archives]: value('archive_mode'),
      },
    },
    bytes: Number(value('bytes')),
    notes: notesOn(source, row, configFiles),
  };
}

/** Of a server on another machine neither is here. */
async function isOtherFolder(told: string, configured: string): Promise<boolean> {
  if (told === '' || told === configured) return false;
  const [one, other] = [told, configured].map(
    async (folder) => await realpath(folder).catch(() => folder),
  );
  return (await one) !== (await other);
}

function notesOn(
  source: string,
  row: Readonly<Record<string, string | null>>,
  configFiles: readonly string[],
): readonly string[] {
  const elsewhere = `source "${source}": its configuration lies outside of its data folder and is not in this source: ${configFiles.join(', ')}`;
  const unseen = `source "${source}": where its configuration lies is not told to its role; GRANT pg_monitor would`;
  const unchecked = `source "${source}": its pages have no checksums (data_checksums is off), so a damaged one is copied as it is`;
  return [
    ...(configFiles.length === 0 ? [] : [elsewhere]),
    ...(row['data_directory'] ? [] : [unseen]),
    ...(row['data_checksums'] === 'on' ? [] : [unchecked]),
  ];
}

const settingOf = (name: string): string => `current_setting(${literal(name)}) AS ${name}`;
/** Those that not everybody is told. */
const maySee = `pg_has_role('pg_read_all_settings', 'USAGE')`;

const sql = `SELECT ${keptSettings.map(settingOf).join(', ')}, ${settingOf('data_checksums')}, ${settingOf('data_directory_mode')}, ${settingOf('archive_mode')},
  pg_is_in_recovery() AS standby,
  (SELECT string_agg(quote_ident(spcname) || coalesce(' at ' || pg_tablespace_location(oid), ''), ', ' ORDER BY spcname)
    FROM pg_tablespace WHERE spcname NOT IN ('pg_default', 'pg_global')) AS tablespaces,
  (SELECT string_agg(datname, E'\\n' ORDER BY datname) FROM pg_database
    WHERE datname NOT IN ('template0', 'template1', 'postgres')) AS databases,
  (SELECT string_agg(slot_name, ', ' ORDER BY slot_name) FROM pg_replication_slots
    WHERE NOT temporary) AS slots,
  (SELECT rolname FROM pg_roles WHERE rolsuper
    ORDER BY NOT rolcanlogin, oid LIMIT 1) AS superuser,
  (SELECT sum(CASE WHEN has_database_privilege(oid, 'CONNECT') OR ${maySee}
    THEN pg_database_size(oid) ELSE 0 END) FROM pg_database) AS bytes,
  CASE WHEN ${maySee} THEN current_setting('data_directory') END AS data_directory,
  CASE WHEN ${maySee} THEN concat_ws(E'\\n', current_setting('config_file'),
    current_setting('hba_file'), current_setting('ident_file')) END AS config_files,
  (SELECT system_identifier FROM pg_control_system()) AS system_identifier`;
