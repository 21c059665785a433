import { failureOf, KedgeError } from '../../../protocol/failures.ts';
import { asking, openSession } from '../postgres/sessions.ts';
import type { Preflight } from '../source.ts';
import { readServer } from './read-server.ts';
import { openReplication } from './sessions.ts';
import { type PostgresServerSettings, serverOf } from './settings.ts';

const nothing: Preflight = { contentBytes: 0, files: 0, scratchBytes: 0, warnings: [] };
/** About so many there are of each database, and of the server itself. */
const filesOfOne = 320;

export async function preflightPostgresServer(
  source: string,
  settings: PostgresServerSettings,
  signal: AbortSignal,
): Promise<Preflight> {
  const server = serverOf(settings);
  try {
    using session = await openSession(server, server.name, signal);
    const order = { source, data: settings.data };
    const { facts, bytes, notes } = await asking(signal, readServer(session, order, signal));
    using _replication = await openReplication(source, server, signal);
    const files = filesOfOne * (facts.databases.length + 4);
    // The copy lies in scratch until it is in the archive, with the log that was written meanwhile.
    return { contentBytes: bytes, files, scratchBytes: bytes + logBytes, warnings: notes };
  } catch (error) {
    if (!(error instanceof KedgeError)) throw error;
    return { ...nothing, problem: failureOf(error) };
  }
}

const logBytes = 64 << 20;
