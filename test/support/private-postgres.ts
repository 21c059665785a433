import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  asServerUser,
  makeCertificate,
  own,
  type PrivateServer,
  runAs,
  ServerChild,
  serverFolder,
} from './private-server.ts';
import { serverPort } from './server-port.ts';

/** Undefined: there is no server here. */
export const postgresBin = newestBin();
const bin = postgresBin;
/** Of a server of another version, which may come without programs; those asked beside it stay the machine's. */
const serverBin = process.env['KEDGE_POSTGRES_BIN'] ?? bin ?? '';

/** Debian keeps the programs of a server out of the PATH, one folder for each version. */
function newestBin(): string | undefined {
  const folder = '/usr/lib/postgresql';
  try {
    const version = readdirSync(folder)
      .toSorted((a, b) => Number(a) - Number(b))
      .at(-1);
    return version === undefined ? undefined : join(folder, version, 'bin');
  } catch {
    return undefined;
  }
}

/** Everybody in by the socket; by TCP with the password, "plain" in the clear, "old" by MD5. */
const access = `local all all trust
local replication all trust
host all plain 127.0.0.1/32 password
host all old 127.0.0.1/32 md5
hostssl all secure 127.0.0.1/32 scram-sha-256
hostnossl all secure 127.0.0.1/32 reject
host all all 127.0.0.1/32 scram-sha-256
`;

export interface TestPostgres extends PrivateServer {
  /** That starts it, as the user of the tests. */
  readonly command: readonly string[];
  /** As superuser `postgres`. */
  sql(text: string, database?: string): string;
  /** All that a client could find in a database, with what belongs to it by its number. */
  dump(database: string): string;
  /** Of this name and beside it, "name|lets clients in"; times and jobs of names left out. */
  databases(name: string): readonly string[];
  /** A program of its version that asks it as superuser, for those that run it themselves. */
  argvOf(program: string, args: readonly string[]): readonly string[];
  /** The same run as the server's user; what it printed. */
  run(program: string, args: readonly string[]): string;
  /** A folder of somebody else's, to be read by its programs. */
  copyIn(from: string, to: string): void;
  /** After it was killed: its last processes may take a moment to notice. */
  restart(): Promise<void>;
  /** Of the process that starts all others. */
  pid(): number;
}

async function untilStarted(child: ServerChild): Promise<void> {
  for (const deadline = performance.now() + 10_000; ; ) {
    try {
      return await child.start();
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}

/** `primary`: it is a standby of that one. */
export async function startPostgres(primary?: TestPostgres): Promise<TestPostgres> {
  const folder = serverFolder('pg');
  const [data, sockets] = [join(folder, 'data'), join(folder, 'run')];
  const port = await serverPort();
  const { certificate, key } = makeCertificate(folder);
  mkdirSync(sockets);
  own(sockets);
  const how = ['-A', 'trust', '-U', 'postgres', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'];
  if (primary === undefined) runAs(folder, [join(serverBin, 'initdb'), '-D', data, ...how]);
  else primary.run('pg_basebackup', ['-R', '-c', 'fast', '--no-sync', '-D', data]);
  writeFileSync(join(data, 'pg_hba.conf'), access);
  const options = {
    unix_socket_directories: sockets,
    listen_addresses: '127.0.0.1',
    port,
    fsync: 'off',
    max_prepared_transactions: 2,
    // Before 14 it is MD5.
    password_encryption: 'scram-sha-256',
    wal_level: 'logical',
    ssl: 'on',
    ssl_cert_file: certificate,
    ssl_key_file: key,
  };
  const argv = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const postgres = [join(serverBin, 'postgres'), '-D', data, ...argv];
  const argvOf = (program: string, args: readonly string[]) => [
    join(bin ?? '', program),
    ...['-h', sockets, '-p', String(port), '-U', 'postgres', ...args],
  ];
  const run = (program: string, args: readonly string[]) => runAs(folder, argvOf(program, args));
  const sql = (text: string, database = 'postgres'): string => {
    const how = ['-X', '-A', '-t', '-q', '-v', 'ON_ERROR_STOP=1'];
    const login = ['-h', sockets, '-p', String(port), '-U', 'postgres', '-d', database];
    return runAs(folder, ['psql', ...how, ...login], text).trim();
  };
  const taken = primary === undefined ? 'connections' : 'read-only connections';
  const child = new ServerChild(folder, postgres, `ready to accept ${taken}`);
  await child.start();
  return {
    folder,
    port,
    certificate,
    command: asServerUser(postgres),
    socket: join(sockets, `.s.PGSQL.${port}`),
    start: async () => await child.start(),
    stop: async (signal) => await child.stop(signal),
    pid: () => Number.parseInt(readFileSync(join(data, 'postmaster.pid'), 'utf8'), 10),
    copyIn: (from, to) => {
      cpSync(from, to, { recursive: true });
      for (const path of [to, ...readdirSync(to).map((name) => join(to, name))]) own(path);
    },
    restart: async () => await untilStarted(child),
    argvOf,
    run,
    sql,
    dump: (database) =>
      run('pg_dump', ['-C', '-d', database]).replaceAll(/^\\(un)?restrict .*$/gm, ''),
    databases: (name) =>
      sql(
        `SELECT datname || '|' || datallowconn FROM pg_database
         WHERE starts_with(datname, '${name.slice(0, 20).replaceAll("'", "''")}') ORDER BY 1`,
      )
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.replace(/(__kedge_\w+)_\d+\|/, '$1_N|')),
    [Symbol.asyncDispose]: async () => await child.end(),
  };
}
