import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { makeFolder, writeFileAtomic } from '../../os/files.ts';
import { runCommandWith } from '../../os/run-command.ts';
import { clinicDatabase, type ServerPlaces } from './server-places.ts';
import { asServerUser, giveToServer } from './server-user.ts';
import { SingleUserServer } from './single-user-server.ts';

const initWithinMs = 60_000;
const { name, owner, keeper } = clinicDatabase;

/** No more than a restore takes: it makes the new database beside the live one and gives it to its owner. */
const roles = [
  `CREATE ROLE ${owner} LOGIN`,
  `CREATE ROLE ${keeper} LOGIN CREATEDB BYPASSRLS`,
  `GRANT ${owner}, pg_signal_backend, pg_read_all_stats TO ${keeper}`,
  `CREATE DATABASE ${name} OWNER ${owner}`,
];

/** A server without a process: its folder, its roles, the clinic's database still empty. */
export async function makeServer(
  bin: string,
  { data, sockets }: ServerPlaces,
  signal: AbortSignal,
): Promise<void> {
  for (const folder of [data, sockets]) {
    await makeFolder(folder);
    giveToServer(folder);
  }
  // Everybody in by the socket: its folder lets only its owner through.
  const how = ['-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync'];
  await run([join(bin, 'initdb'), '-D', data, ...how], signal);
  const path = join(data, 'postgresql.conf');
  await writeFileAtomic(path, (await readFile(path, 'utf8')) + settingsText(sockets));
  giveToServer(path);
  await using server = new SingleUserServer(bin, data, 'postgres');
  for (const statement of roles) await server.run(statement);
  await server.end();
}

/** What was written while it was made is made safe at once. */
export async function syncServer(
  bin: string,
  { data }: ServerPlaces,
  signal: AbortSignal,
): Promise<void> {
  await run([join(bin, 'initdb'), '--sync-only', '-D', data], signal);
}

function settingsText(sockets: string): string {
  // One of a list, in a text that knows backslashes.
  const listed = `"${sockets.replaceAll('"', '""')}"`;
  return `
# Of Kedge's demo: nobody comes in over the network.
listen_addresses = ''
unix_socket_directories = '${listed.replaceAll('\\', '\\\\').replaceAll("'", "''")}'
unix_socket_permissions = 0700
max_connections = 30
shared_buffers = 32MB
`;
}

async function run(argv: readonly string[], signal: AbortSignal): Promise<void> {
  const environment = { LC_ALL: 'C' };
  const order = { argv: asServerUser(argv), timeoutMs: initWithinMs, environment, lines: 4 };
  const { problem, output } = await runCommandWith(order, signal);
  if (problem === undefined) return;
  const why = `initdb: ${output.replaceAll('\n', ' ') || problem}`;
  throw new KedgeError('unavailable', { what: 'the demo with PostgreSQL', why });
}
