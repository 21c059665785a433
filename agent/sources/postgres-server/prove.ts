import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { KedgeError } from '../../../protocol/failures.ts';
import { connectPostgres, type PostgresSession } from '../../databases/postgres/connect.ts';
import { SqlError } from '../../databases/sql-session.ts';
import { errorMessage } from '../../os/error-code.ts';
import { removeFile, writeFileAtomic } from '../../os/files.ts';
import { refuseFullDisk } from '../physical/full-disk.ts';
import { type PrivateServer, startPrivateServer } from '../physical/private-server.ts';
import type { UnpackedServer } from '../physical/server-kind.ts';
import type { StageWork } from '../restore-kind.ts';
import { readEveryTable } from './read-every-table.ts';
import { findServerPrograms } from './server-programs.ts';
import { keptSettings, own } from './server-settings.ts';

/** Whoever may open the socket: it lies in the data folder, into which only its owner comes. */
const hba = 'local all all trust\n';
const ownFiles = {
  config: '.kedge-postgresql.conf',
  hba: '.kedge-hba.conf',
  ident: '.kedge-ident.conf',
} as const;
/** With them a server would wait for another one, or take what is running on it for its own. */
const notCopied = ['standby.signal', 'recovery.signal', 'postmaster.pid', 'postmaster.opts'];
const port = 5432;
const lookMs = 100;
/** For what it has to write before it ends. */
const stopMs = 600_000;

/**
 * A server of Kedge's own comes up from the log in the backup to the moment of its end, reads every table of every
 * database, and ends in good order.
 */
export async function prove(
  unpacked: UnpackedServer,
  { signal }: StageWork,
): Promise<readonly string[]> {
  const { source, facts, data, user } = unpacked;
  const major = Number.parseInt(facts.server, 10);
  const programs = await findServerPrograms(source, major, signal);
  for (const name of notCopied) await removeFile(join(data, name));
  await writeFileAtomic(join(data, ownFiles.config), '', 0o600, user);
  await writeFileAtomic(join(data, ownFiles.hba), hba, 0o600, user);
  await writeFileAtomic(join(data, ownFiles.ident), '', 0o600, user);
  const argv = [join(programs, 'postgres'), '-D', data, ...argumentsOf(unpacked, major)];
  const notes = await running(unpacked, argv, signal);
  // With postmaster.opts: `pg_ctl restart` would start the live server with the arguments of this one, without fsync.
  for (const name of [...Object.values(ownFiles), ...notCopied]) await removeFile(join(data, name));
  return notes;
}

async function running(
  unpacked: UnpackedServer,
  argv: readonly string[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { data, user } = unpacked;
  await using server = startPrivateServer({ argv, user, folder: data });
  const began = performance.now();
  const notes = await look(unpacked, server, signal).catch(async (error: unknown) => {
    signal.throwIfAborted();
    throw await notSound(unpacked, server, errorMessage(error), error);
  });
  const problem = await server.stop('SIGINT', stopMs);
  if (problem !== undefined) throw await notSound(unpacked, server, problem, undefined);
  const seconds = Math.round((performance.now() - began) / 100) / 10;
  const [read = '', ...others] = notes;
  return [`${read}, in ${seconds} s`, ...others];
}

async function look(
  { source, facts, data }: UnpackedServer,
  server: PrivateServer,
  signal: AbortSignal,
): Promise<readonly string[]> {
  // The path to a socket may have 107 bytes, and that to a folder any.
  await using folder = await open(data, 'r');
  const socket = `/proc/self/fd/${folder.fd}/.s.PGSQL.${port}`;
  const user = facts.settings[own.superuser] ?? 'postgres';
  const login = { place: { socket, host: 'localhost', port }, isLocal: true, user };
  const connect = async (database: string) =>
    await connectPostgres({ ...login, password: undefined, database }, signal);
  const any = ['template1', 'postgres', ...facts.databases];
  using session = await untilUp(async () => await connectToAny(any, connect), server, signal);
  const [row] = await session.query(
    'SELECT system_identifier AS id FROM pg_control_system()',
    signal,
  );
  if (facts.serverId !== undefined && row?.['id'] !== facts.serverId) {
    throw new Error('it is another server than the one that was backed up');
  }
  const { databases, tables, rows, closed } = await readEveryTable(session, connect, signal);
  const unread = `source "${source}": ${closed.join(', ')} in it let nobody in, and were not read`;
  return [
    `source "${source}": a server of its own came up on it and read ${rows} rows in ${tables} tables of ${databases} databases`,
    ...(closed.length === 0 ? [] : [unread]),
  ];
}

/** invalid_catalog_name, object_not_in_prerequisite_state: it is gone, or lets nobody in. */
const closedCodes: ReadonlySet<string> = new Set(['3D000', '55000']);

async function connectToAny(
  names: readonly string[],
  connect: (database: string) => Promise<PostgresSession>,
): Promise<PostgresSession> {
  const [name = '', ...others] = names;
  return await connect(name).catch(async (error: unknown) => {
    const isClosed = error instanceof SqlError && closedCodes.has(error.code);
    if (isClosed && others.length > 0) return await connectToAny(others, connect);
    throw error;
  });
}

/** cannot_connect_now: any other answer is its last word. */
const notYet = '57P03';

/** Until its log is replayed it lets nobody in, however long that takes; or it ends and says why. */
async function untilUp(
  connect: () => Promise<PostgresSession>,
  server: PrivateServer,
  signal: AbortSignal,
): Promise<PostgresSession> {
  for (;;) {
    try {
      return await connect();
    } catch (error) {
      signal.throwIfAborted();
      const isAnswer = error instanceof SqlError && error.code !== notYet;
      if (isAnswer || server.ended() !== undefined) throw error;
      await wait(lookMs, undefined, { signal });
    }
  }
}

const keptLines = 40;

async function notSound(
  { source, data }: UnpackedServer,
  server: PrivateServer,
  why: string,
  cause: unknown,
): Promise<KedgeError> {
  const lines = server.said(keptLines).split('\n');
  await refuseFullDisk([...lines, why].join('\n'), data);
  const faults = lines.filter((line) => /\b(FATAL|PANIC|ERROR|HINT|DETAIL):/.test(line));
  // What keeps it from starting at all it may say without such a word.
  const said = (faults.length > 0 ? faults : lines).slice(-4).join('; ');
  const ended = server.ended() ?? why;
  return new KedgeError(
    'restore-refused',
    {
      why: `a server of its own does not run on what source "${source}" holds: ${said === '' ? ended : said}`,
    },
    { cause },
  );
}

/** No network, nothing that acts by itself, and what it must have in common with the one that wrote the log. */
function argumentsOf({ facts, data }: UnpackedServer, major: number): readonly string[] {
  const kept = keptSettings.flatMap((name) => {
    const value = facts.settings[name] ?? '';
    return /^[a-z0-9_]+$/i.test(value) ? [[name, value]] : [];
  });
  const settings = [
    ...kept,
    ...Object.entries(ownFiles).map(([file, name]) => [`${file}_file`, join(data, name)]),
    ...Object.entries(quiet),
    ...(major >= 17 ? [['event_triggers', 'off']] : []),
  ];
  return settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

const quiet = {
  listen_addresses: '',
  unix_socket_directories: '.',
  unix_socket_permissions: '0700',
  unix_socket_group: '',
  bonjour: 'off',
  port,
  ssl: 'off',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_min_messages: 'warning',
  external_pid_file: '',
  // Neither its jobs nor its subscriptions are to run a second time.
  shared_preload_libraries: '',
  session_preload_libraries: '',
  local_preload_libraries: '',
  max_logical_replication_workers: 0,
  autovacuum: 'off',
  archive_mode: 'off',
  archive_command: '',
  restore_command: '',
  primary_conninfo: '',
  recovery_end_command: '',
  archive_cleanup_command: '',
  hot_standby: 'off',
  shared_buffers: '64MB',
  huge_pages: 'off',
  wal_recycle: 'off',
  max_parallel_workers_per_gather: 0,
  jit: 'off',
  statement_timeout: 0,
  lock_timeout: 0,
  // What is damaged is to be seen.
  zero_damaged_pages: 'off',
  ignore_checksum_failure: 'off',
  ignore_invalid_pages: 'off',
  idle_session_timeout: 0,
  // Nobody would ever confirm anything.
  synchronous_standby_names: '',
  // All of it is made durable when it is proven.
  fsync: 'off',
} as const;
