import { readdirSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { showName } from '../../archive/member-name.ts';
import { openMariadbSession } from '../../databases/mariadb/open-session.ts';
import { errorMessage } from '../../os/error-code.ts';
import { makeFolder, removeTree } from '../../os/files.ts';
import { giveAway } from '../../os/make-owned-file.ts';
import { refuseFullDisk } from '../physical/full-disk.ts';
import { type PrivateServer, startPrivateServer } from '../physical/private-server.ts';
import type { UnpackedServer } from '../physical/server-kind.ts';
import type { StageWork } from '../restore-kind.ts';
import { type Checked, checkTables } from './check-tables.ts';
import { findServerProgram } from './programs.ts';
import { startOptions } from './start-options.ts';

/** What a server may take to read its logs, and to write back what it holds. */
const startWithinMs = 3_600_000;
const stopWithinMs = 600_000;
const socketName = 's';

/** Starts a server on a folder that was unpacked, has it check all tables, and ends it in good order. */
export async function proveServer(
  unpacked: UnpackedServer,
  work: StageWork,
): Promise<readonly string[]> {
  const { source, facts, data, user } = unpacked;
  const { path: program } = await findServerProgram({ source, version: facts.server }, work.signal);
  refuseLinks(unpacked);
  const began = performance.now();
  const run = join(dirname(data), 'run');
  await makeFolder(run);
  giveAway(run, user);
  try {
    const argv = [program, ...optionsOf(unpacked, run)];
    await using server = startPrivateServer({ argv, user, folder: '/' });
    await ready(unpacked, server, work.signal);
    const { tables, notes } = await checkAll(unpacked, run, work).catch(async (error: unknown) => {
      work.signal.throwIfAborted();
      if (isRefusal(error)) throw error;
      // It has died of what it read, or says something else than what is wrong with a table.
      throw await notSound(unpacked, server.ended() ?? errorMessage(error), server);
    });
    const problem = await server.stop('SIGTERM', stopWithinMs);
    if (problem !== undefined) throw await notSound(unpacked, problem, server);
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    const note = `a ${facts.product} server was started on "${source}", found all ${tables} tables sound, and ended in ${seconds} s`;
    return [note, ...notes];
  } finally {
    await removeTree(run);
  }
}

/** No network, no plugins, no events, no replication, nobody's rights: nothing that a copy holds can act. */
function optionsOf({ facts, data }: UnpackedServer, run: string) {
  return [
    '--no-defaults',
    `--datadir=${data}`,
    // From its data folder, in which it works: a whole path may have 107 bytes only. Source: unix(7).
    `--socket=../${basename(run)}/${socketName}`,
    `--pid-file=${join(run, 'pid')}`,
    `--tmpdir=${run}`,
    // None of the copy's: it may name any file to be renamed or removed. From 10.6 on.
    `--loose-log-ddl-recovery=${join(run, 'ddl')}`,
    '--skip-networking',
    '--skip-grant-tables',
    '--skip-slave-start',
    '--skip-log-bin',
    '--event-scheduler=DISABLED',
    `--secure-file-priv=${run}`,
    '--local-infile=0',
    '--general-log=0',
    '--slow-query-log=0',
    '--performance-schema=OFF',
    '--innodb-buffer-pool-size=64M',
    '--innodb-buffer-pool-load-at-startup=OFF',
    '--innodb-buffer-pool-dump-at-shutdown=OFF',
    ...startOptions(facts),
  ];
}

/** A file that says where a table is would lead the server out of its folder. */
function refuseLinks({ source, data }: UnpackedServer): void {
  // Not by a walk, which passes by what a folder of Kedge's own may be called.
  for (const path of readdirSync(data, { recursive: true, encoding: 'latin1' })) {
    if (!path.endsWith('.isl')) continue;
    const name = showName(Buffer.from(path, 'latin1'));
    const why = `source "${source}" in it has a table outside of its data folder (${name})`;
    throw new KedgeError('restore-refused', { why });
  }
}

async function ready(
  unpacked: UnpackedServer,
  server: PrivateServer,
  signal: AbortSignal,
): Promise<void> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(startWithinMs)]);
  const isReady = await server.says('ready for connections', until);
  signal.throwIfAborted();
  if (!isReady) throw await notSound(unpacked, server.ended() ?? 'it does not get ready', server);
}

async function checkAll(
  { source }: UnpackedServer,
  run: string,
  { signal, progress }: StageWork,
): Promise<Checked> {
  await using folder = await open(run, 'r');
  const socket = `/proc/self/fd/${folder.fd}/${socketName}`;
  using session = await openMariadbSession(
    { engine: 'mariadb', socket, user: 'root', name: 'mysql' },
    signal,
  );
  const onBytes = (done: number, total: number): void =>
    progress?.(`check the tables of ${source}`, done, total);
  const checked = await checkTables(session, onBytes, signal);
  const [damaged] = checked.damaged;
  if (damaged === undefined) return checked;
  const more = checked.damaged.length - 1;
  const why = `a server that was started on "${source}" finds a table damaged: ${damaged}${more === 0 ? '' : `, and ${more} more`}`;
  throw new KedgeError('restore-refused', { why });
}

function isRefusal(error: unknown): boolean {
  return error instanceof KedgeError && error.failure.code === 'restore-refused';
}

/** Of its log, errors before all else. */
async function notSound(
  { source, facts, data }: UnpackedServer,
  problem: string,
  server: PrivateServer,
): Promise<KedgeError> {
  await refuseFullDisk(`${server.said(loggedLines)}\n${problem}`, data);
  const lines = server.said(loggedLines).split('\n');
  const errors = lines.filter((line) => line.includes('[ERROR]'));
  const said = (errors.length > 0 ? errors : lines).slice(-shownLines).join('; ');
  const why = `no ${facts.product} server runs on "${source}" of it: ${problem}: ${said}`;
  return new KedgeError('restore-refused', { why });
}

const loggedLines = 200;
const shownLines = 3;
