import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { product } from '../../databases/mariadb/open-session.ts';
import { removeTree } from '../../os/files.ts';
import type { Work } from '../../os/work.ts';
import { factsMember } from '../dumps/dump-member.ts';
import { openLogin } from '../mariadb/open-login.ts';
import { asking, openSession } from '../mariadb/sessions.ts';
import { factsName, type ServerFacts } from '../physical/server-facts.ts';
import type { Capture } from '../source.ts';
import { captureNotes } from './capture-notes.ts';
import { copiedMembers } from './copied-members.ts';
import { binaryLogPosition, copyServer } from './copy-server.ts';
import { filesIn, missedFiles } from './missed-files.ts';
import { copyDenials } from './privileges.ts';
import { findBackupProgram } from './programs.ts';
import { filesOutside, type LiveServer, readServer } from './read-server.ts';
import { refuseServer } from './refuse-server.ts';
import { type MariadbServerSettings, serverOf } from './settings.ts';

/** The server's data folder, copied into scratch while it runs, all of it as it was when the copying ended. */
export async function captureServer(
  source: string,
  settings: MariadbServerSettings,
  work: Work,
): Promise<Capture> {
  const { data } = settings;
  const copy = join(work.scratch, source);
  work.signal.throwIfAborted();
  const remove = async () => await removeTree(copy);
  try {
    const live = await lookAt(source, settings, work.signal);
    const { path: program } = await findBackupProgram(
      { source, version: live.version },
      work.signal,
    );
    await using login = await openLogin(serverOf(settings), join(work.scratch, `${source}.login`));
    const before = filesIn(data);
    await copyServer({ source, program, login, folder: copy }, work);
    refuseOutside(source, data, copy);
    const facts = await factsOf(settings, live, copy);
    const pageSize = Number(live.settings['innodb_page_size']);
    return {
      gaps: missedFiles(source, before, data, copy),
      notes: captureNotes(source, live),
      async *members(signal) {
        yield factsMember(`${source}/${factsName}`, facts);
        yield* copiedMembers({ source, copy, data, pageSize }, signal);
      },
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** What it says of itself; fails where it can't be taken. */
export async function lookAt(
  source: string,
  settings: MariadbServerSettings,
  signal: AbortSignal,
): Promise<LiveServer> {
  const server = serverOf(settings);
  using session = await openSession(server, signal);
  const [denial] = await asking(signal, copyDenials(session, server.user, signal));
  if (denial !== undefined) throw denial;
  const live = await asking(signal, readServer(session, signal));
  await refuseServer(source, settings, live);
  return live;
}

/** Tables that were made elsewhere while it was copied: a server on the copy would go to the live ones. */
function refuseOutside(source: string, path: string, copy: string): void {
  const [outside] = filesOutside(copy);
  if (outside === undefined) return;
  const cause = `a table outside of its data folder was made while it was copied (${outside})`;
  throw new KedgeError('source-unreadable', { source, path, cause });
}

async function factsOf(
  { data }: MariadbServerSettings,
  { version, settings }: LiveServer,
  copy: string,
): Promise<ServerFacts> {
  const position = await binaryLogPosition(copy);
  return {
    format: 1,
    product,
    server: version,
    tools: version,
    dataFolder: data,
    databases: databasesIn(copy),
    settings: { ...settings, ...(position === undefined ? {} : { binaryLogPosition: position }) },
  };
}

const ofServer: ReadonlySet<string> = new Set(['mysql', 'sys', 'performance_schema']);

/** By their folders, in which "@002d" stands for a character that names of files may not have. */
function databasesIn(copy: string): readonly string[] {
  return readdirSync(copy, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('#'))
    .filter(({ name }) => !ofServer.has(name))
    .map(({ name }) => name.replaceAll(/@([0-9a-f]{4})/g, (_, code: string) => characterOf(code)))
    .toSorted();
}

const characterOf = (code: string): string => String.fromCharCode(Number.parseInt(code, 16));
