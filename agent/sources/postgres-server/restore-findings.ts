import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { failureOf, KedgeError, wordFailure } from '../../../protocol/failures.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { exists } from '../../os/files.ts';
import type { ServerFacts } from '../physical/server-facts.ts';
import { asking, openSession } from '../postgres/sessions.ts';
import type { RestoreFindings } from '../restore-kind.ts';
import { systemIdOf } from './pg-control.ts';
import { runningOn } from './running-on.ts';
import { findServerPrograms } from './server-programs.ts';
import { own } from './server-settings.ts';

interface Order {
  readonly source: string;
  readonly data: string;
  readonly server: PostgresSettings;
  readonly facts: ServerFacts;
}

/** What stands against this data folder here, and what else comes or goes with it. */
export async function findingsOn(order: Order, signal: AbortSignal): Promise<RestoreFindings> {
  const { source, data, facts } = order;
  const obstacles: string[] = [];
  const warnings: string[] = [...ofConfiguration(order)];
  const major = Number.parseInt(facts.server, 10);
  await findServerPrograms(source, major, signal).catch((error: unknown) => {
    if (!(error instanceof KedgeError)) throw error;
    // Whose it is stands in front of each.
    obstacles.push(wordFailure(failureOf(error)).message.replace(/^source "[^"]*": /, ''));
  });
  const id = await systemIdOf(data);
  obstacles.push(...(await ofOtherFolder(order, id, signal)));
  if (!(await exists(data))) return { obstacles, warnings };
  const live = (await readFile(join(data, 'PG_VERSION'), 'utf8').catch(() => '')).trim();
  if (live !== '' && live !== String(major)) {
    obstacles.push(
      `the server in "${data}" is of version ${live}, and the backup of ${facts.server}: its service would not start on it`,
    );
  }
  if (await exists(join(data, 'standby.signal'))) {
    obstacles.push(
      `the server in "${data}" is a standby, which would follow its primary no longer; restore that one`,
    );
  }
  if (id !== undefined && id !== facts.serverId) {
    warnings.push(
      `the server in "${data}" is not the one that was backed up (it was set up by itself); it goes into the undo as a whole`,
    );
  }
  warnings.push(...(await ofLinks(order)));
  return { obstacles, warnings };
}

function ofConfiguration({ facts }: Order): readonly string[] {
  const files = facts.settings[own.configFiles] ?? '';
  const failures = facts.settings[own.pageFailures];
  const stays = `its configuration lay outside of its data folder and stays as it is now: ${files.replaceAll('\n', ', ')}`;
  const slots = facts.settings[own.slots] ?? '';
  const isArchiving = !['', 'off'].includes(facts.settings[own.archives] ?? '');
  const archived =
    'it archives its log: from the backup on it writes other content under names that are archived already; give its archive_command a new place before it starts, or empty that one';
  const anew = `replication slots are in no backup (${slots}): what reads them, standbys too, is to be set up anew`;
  return [
    ...(slots === '' ? [] : [anew]),
    ...(isArchiving ? [archived] : []),
    ...(files === '' ? [] : [stays]),
    ...(failures === undefined ? [] : [`${failures}`]),
  ];
}

/** They go with the old folder into the undo, and what they lead to is left alone. */
async function ofLinks({ data }: Order): Promise<readonly string[]> {
  const log = await lstat(join(data, 'pg_wal')).catch(() => undefined);
  const spaces = await readdir(join(data, 'pg_tblspc')).catch(() => []);
  const logText = `"${data}/pg_wal" leads to another folder now; afterwards the log lies in the data folder itself`;
  const spaceText = `the server now has ${spaces.length} tablespaces outside of its data folder; what lies there belongs to the undo alone`;
  return [
    ...(log?.isSymbolicLink() === true ? [logText] : []),
    ...(spaces.length === 0 ? [] : [spaceText]),
  ];
}

const answersWithinMs = 5_000;

/** Whoever confuses two servers of a machine would exchange the folder of one that nobody stops. */
async function ofOtherFolder(
  { data, server }: Order,
  id: string | undefined,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(answersWithinMs)]);
  const asked = await ask(server, until).catch((error: unknown) => {
    signal.throwIfAborted();
    if (!(error instanceof KedgeError) && !until.aborted) throw error;
    // It is down or lets nobody in: what it would say is not needed then.
    return undefined;
  });
  if (asked === undefined) return [];
  const where = await elsewhere(asked, data, id);
  if (where !== undefined) {
    return [`"${data}" is not the data folder of this server, which lies ${where}`];
  }
  if ((await runningOn(data)) !== undefined) return [];
  return [
    `its server answers, and none is seen to run on "${data}": in a container or on another machine it can't be known when it is down`,
  ];
}

interface Asked {
  /** Empty: it is not told. */
  readonly folder: string;
  readonly serverId: string | undefined;
}

/** Where the folder of a server lies that has not this one, with this number in it; undefined: it may be this one. */
export async function elsewhere(
  { folder, serverId }: Asked,
  data: string,
  id: string | undefined,
): Promise<string | undefined> {
  if (folder === '') return serverId === id ? undefined : 'in another folder';
  if ((await realOf(folder)) !== (await realOf(data))) return `in "${folder}"`;
  // The same path on two machines is usual.
  return id === undefined || serverId === id ? undefined : 'on another machine';
}

async function ask(server: PostgresSettings, signal: AbortSignal): Promise<Asked> {
  using session: SqlSession = await openSession(server, server.name, signal);
  const [row] = await asking(signal, session.query(folderSql, signal));
  return { folder: row?.['folder'] ?? '', serverId: row?.['id'] ?? undefined };
}

async function realOf(folder: string): Promise<string> {
  return await realpath(folder).catch(() => folder);
}

const folderSql = `SELECT system_identifier AS id, CASE WHEN pg_has_role('pg_read_all_settings', 'USAGE')
  THEN current_setting('data_directory') END AS folder FROM pg_control_system()`;
