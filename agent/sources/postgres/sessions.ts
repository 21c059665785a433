import { setTimeout as wait } from 'node:timers/promises';
import { failureOf, KedgeError } from '../../../protocol/failures.ts';
import { connectFailure } from '../../databases/failures.ts';
import { reachOf } from '../../databases/place-of.ts';
import type { PostgresSession } from '../../databases/postgres/connect.ts';
import { connectWatched } from '../../databases/postgres/connect-watched.ts';
import { usualPlace } from '../../databases/postgres/postgres-server.ts';
import { maintenanceOf, type PostgresSettings } from '../../databases/postgres/settings.ts';
import { SqlError, type SqlSession } from '../../databases/sql-session.ts';
import { errorMessage } from '../../os/error-code.ts';
import { resolveSecret } from '../../os/resolve-secret.ts';

export const product = 'PostgreSQL';

/** One that takes a connection and says nothing must hold up neither a recovery nor a start. */
const loginWithinMs = 10_000;

/** A session in any database of the server; fails with database-unreachable or database-login-refused. */
export async function openSession(
  server: PostgresSettings,
  database: string,
  signal: AbortSignal,
): Promise<PostgresSession> {
  const { where, ...reach } = reachOf(server, usualPlace);
  const { user } = server;
  const deadline = AbortSignal.timeout(loginWithinMs);
  const until = AbortSignal.any([signal, deadline]);
  try {
    const password =
      server.password === undefined ? undefined : await resolveSecret(server.password);
    const session = await connectWatched({ ...reach, user, password, database }, where, until);
    await session.query(quiet, until);
    return session;
  } catch (error) {
    signal.throwIfAborted();
    const why = deadline.aborted ? new Error('it does not answer', { cause: error }) : error;
    throw connectFailure({ product, where, user }, why, isRefusal);
  }
}

/** Somebody rebuilds a table, or has left a transaction open: in the end that is an answer. */
export const lockWithinMs = 600_000;

/** Settings of the database or role are made for its application, not for what takes hours or is sent as text. */
const quiet = `SET statement_timeout = 0; SET lock_timeout = ${lockWithinMs}; SET idle_in_transaction_session_timeout = 0;
  SET default_transaction_read_only = off; SET standard_conforming_strings = on; SET row_security = off;
  SET array_nulls = on; SET xmloption = content; SET IntervalStyle = postgres; SET DateStyle = ISO;
  SET search_path = pg_catalog; SET client_min_messages = warning; SET synchronous_commit = on`;

/** In the database from which others are renamed. */
export async function openMaintenance(
  server: PostgresSettings,
  signal: AbortSignal,
): Promise<SqlSession> {
  return await openSession(server, maintenanceOf(server), signal);
}

/** After a crash a server needs a while until it lets in. */
const upWithinMs = 30_000;
const lookMs = 100;

/** The same of a server that may be on its way up. */
export async function awaitMaintenance(
  server: PostgresSettings,
  signal: AbortSignal,
): Promise<SqlSession> {
  return await awaitSession(server, maintenanceOf(server), signal);
}

export async function awaitSession(
  server: PostgresSettings,
  database: string,
  signal: AbortSignal,
): Promise<PostgresSession> {
  const from = performance.now();
  for (;;) {
    try {
      return await openSession(server, database, signal);
    } catch (error) {
      const isDown = failureOf(error).code === 'database-unreachable';
      if (!isDown || performance.now() - from > upWithinMs) throw error;
      await wait(lookMs, undefined, { signal });
    }
  }
}

/** What a server answers to a question of ours, as a failure. */
export async function asking<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return await work.catch((error: unknown) => {
    signal.throwIfAborted();
    if (error instanceof KedgeError) throw error;
    const why = errorMessage(error);
    throw new KedgeError('database-failed', { product, why }, { cause: error });
  });
}

/** Of a login: the database is not there. */
export function isNoDatabase(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof SqlError && cause.code === '3D000';
}

/** invalid_authorization, unknown database, no right to connect. */
function isRefusal({ code }: SqlError): boolean {
  return code.startsWith('28') || code === '3D000' || code === '42501';
}
