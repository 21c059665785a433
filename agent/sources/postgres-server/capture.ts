import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { removeFile } from '../../os/files.ts';
import type { Work } from '../../os/work.ts';
import { dataName, type ServerFacts } from '../physical/server-facts.ts';
import { asking, openSession } from '../postgres/sessions.ts';
import type { Capture } from '../source.ts';
import { BackupCheck } from './backup-check.ts';
import { backupMembers, type Copied } from './backup-members.ts';
import { takeBaseBackup } from './base-backup.ts';
import { type FoundServer, readServer } from './read-server.ts';
import { manifestName, own } from './server-settings.ts';
import { openReplication } from './sessions.ts';
import { type PostgresServerSettings, serverOf } from './settings.ts';
import { spoolBackup } from './spool-backup.ts';

interface Copying {
  readonly source: string;
  readonly found: FoundServer;
  readonly tar: string;
  readonly work: Work;
}

/**
 * All that a server has, as of the end of its copy, in scratch. Pages are sent while others write to them: those that
 * come torn are in the log whole, which is sent with them, so a server that starts on the copy puts them right.
 */
export async function capturePostgresServer(
  source: string,
  settings: PostgresServerSettings,
  work: Work,
): Promise<Capture> {
  const server = serverOf(settings);
  const tar = join(work.scratch, `${source}.tar`);
  const remove = async () => await removeFile(tar);
  try {
    const found = await lookAt(source, server, settings, work.signal);
    const copied = await copy({ source, found, tar, work }, server);
    // A tablespace made meanwhile is in the log alone: a server that reads that would go to the live one.
    await lookAt(source, server, settings, work.signal);
    return {
      gaps: [],
      notes: [...found.notes, ...failureNotes(source, copied.facts)],
      members: (signal) => backupMembers(source, copied, tar, signal),
      [Symbol.asyncDispose]: remove,
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function lookAt(
  source: string,
  server: PostgresSettings,
  { data }: PostgresServerSettings,
  signal: AbortSignal,
): Promise<FoundServer> {
  using session: SqlSession = await openSession(server, server.name, signal);
  return await asking(signal, readServer(session, { source, data }, signal));
}

async function copy(
  { source, found, tar, work }: Copying,
  server: PostgresSettings,
): Promise<Copied> {
  const check = new BackupCheck();
  using session = await openReplication(source, server, work.signal);
  const progress = (bytes: number): void =>
    work.progress(`capture ${source}`, bytes, Math.max(found.bytes, bytes));
  const backup = takeBaseBackup(session, progress, work.signal);
  const members = await spoolBackup(source, backup.tar, tar, check);
  const { manifest, pageFailures } = await backup.end();
  const part = check.part(`${dataName}/${manifestName}`);
  part.write(manifest);
  part.end();
  const problem = check.lacks;
  if (problem !== undefined) throw new KedgeError('source-miscounted', { source, problem });
  return { facts: withFailures(found.facts, pageFailures), manifest, members };
}

/** More would say no more. */
const failuresShown = 5;

function withFailures(facts: ServerFacts, failures: readonly string[]): ServerFacts {
  if (failures.length === 0) return facts;
  const shown = failures.slice(0, failuresShown).join('; ');
  const text = `the server itself found damaged pages when it sent them: ${shown}`;
  return { ...facts, settings: { ...facts.settings, [own.pageFailures]: text } };
}

function failureNotes(source: string, { settings }: ServerFacts): readonly string[] {
  const failures = settings[own.pageFailures];
  return failures === undefined ? [] : [`source "${source}": ${failures}`];
}
