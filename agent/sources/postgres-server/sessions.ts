import { KedgeError } from '../../../protocol/failures.ts';
import { connectFailure } from '../../databases/failures.ts';
import { reachOf } from '../../databases/place-of.ts';
import type { PostgresSession } from '../../databases/postgres/connect.ts';
import { connectWatched } from '../../databases/postgres/connect-watched.ts';
import { usualPlace } from '../../databases/postgres/postgres-server.ts';
import { identifier } from '../../databases/postgres/quote.ts';
import type { PostgresSettings } from '../../databases/postgres/settings.ts';
import { SqlError } from '../../databases/sql-session.ts';
import { resolveSecret } from '../../os/resolve-secret.ts';

export const product = 'PostgreSQL';
const loginWithinMs = 10_000;

/** insufficient_privilege, too_many_connections. */
const [denied, full] = ['42501', '53300'];

/** A session that takes commands of replication; what is missing for that is said with what would bring it. */
export async function openReplication(
  source: string,
  server: PostgresSettings,
  signal: AbortSignal,
): Promise<PostgresSession> {
  const { where, ...reach } = reachOf(server, usualPlace);
  const { user, name: database } = server;
  const deadline = AbortSignal.timeout(loginWithinMs);
  const until = AbortSignal.any([signal, deadline]);
  const password = server.password === undefined ? undefined : await resolveSecret(server.password);
  const login = { ...reach, user, password, database, replication: true as const };
  return await connectWatched(login, where, until).catch((error: unknown) => {
    signal.throwIfAborted();
    const missing = error instanceof SqlError ? missingFor(source, server, error) : undefined;
    if (missing !== undefined) throw missing;
    const why = deadline.aborted ? new Error('it does not answer', { cause: error }) : error;
    throw connectFailure({ product, where, user }, why, ({ code }) => code.startsWith('28'));
  });
}

function missingFor(
  source: string,
  { user, host }: PostgresSettings,
  { code, message }: SqlError,
): KedgeError | undefined {
  if (code === denied) {
    const grant = `ALTER ROLE ${identifier(user)} REPLICATION;`;
    return new KedgeError('database-denied', { product, user, what: 'copy the server', grant });
  }
  if (message.includes('no pg_hba.conf entry for replication')) {
    return refused(
      source,
      `its pg_hba.conf has no line for it ("all" does not stand for replication): ${hbaLine(user, host)}`,
    );
  }
  return code === full ? refused(source, `${message}; raise max_wal_senders`) : undefined;
}

function refused(source: string, why: string): KedgeError {
  return new KedgeError('postgres-not-copied', { source, why });
}

function hbaLine(user: string, host: string | undefined): string {
  const from = host === undefined ? 'local replication' : 'host  replication';
  const to = host === undefined ? 'peer' : "<Kedge's address>/32 scram-sha-256";
  return `${from} ${identifier(user)} ${to}`;
}
