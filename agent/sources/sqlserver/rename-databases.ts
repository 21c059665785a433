import { setTimeout as wait } from 'node:timers/promises';
import * as z from 'zod';
import { SqlError, type SqlSession } from '../../databases/sql-session.ts';
import { databaseById } from '../../databases/sqlserver/databases.ts';
import { identifier } from '../../databases/sqlserver/quote.ts';
import { endSessions } from '../../databases/sqlserver/sessions.ts';
import { SqlserverSettings } from '../../databases/sqlserver/settings.ts';
import { beforeOperation } from '../../os/faults.ts';
import { asking, awaitMaster } from './sessions.ts';

/**
 * The database `live` becomes `outgoing` and goes offline, `incoming` becomes `live`. Two renames are not one
 * transaction here: by the numbers they had before is known which is which, wherever a crash left them.
 */
export const RenameSqlserverDatabases = z.object({
  kind: z.literal('rename-sqlserver-databases'),
  server: SqlserverSettings,
  live: z.string(),
  liveId: z.string().optional(),
  /** Who got in before: MULTI_USER or RESTRICTED_USER. */
  access: z.enum(['MULTI_USER', 'RESTRICTED_USER']),
  incoming: z.string().optional(),
  incomingId: z.string().optional(),
  outgoing: z.string(),
});
export type RenameSqlserverDatabases = z.infer<typeof RenameSqlserverDatabases>;

export async function renameSqlserverDatabases(
  step: RenameSqlserverDatabases,
  signal: AbortSignal,
): Promise<void> {
  const { server, live, liveId, access, incoming, incomingId, outgoing } = step;
  using session = await awaitMaster(server, signal);
  const run = steady(session, server, signal);
  const exchange = async (): Promise<void> => {
    // What an undo brings back is offline, and nobody is kept out for what takes longest.
    const come = await find(session, incomingId, signal);
    if (come?.state === 'OFFLINE') await run.change(come.name, 'SET ONLINE');
    if (liveId !== undefined) await run.moveAway(live, outgoing);
    if (incoming !== undefined) await moveIn(run, incoming, live, access);
    // Last: nobody waits for it.
    if (liveId !== undefined) await run.change(outgoing, 'SET OFFLINE WITH ROLLBACK IMMEDIATE');
  };
  await asking(signal, exchange());
}

/** Back, wherever it stood; may be repeated. Clients get in again. */
export async function renameSqlserverDatabasesBack(
  step: RenameSqlserverDatabases,
  signal: AbortSignal,
): Promise<void> {
  const { server, live, liveId, access, incoming, incomingId, outgoing } = step;
  using session = await awaitMaster(server, signal);
  const run = steady(session, server, signal);
  const exchange = async (): Promise<void> => {
    const come = await find(session, incomingId, signal);
    if (come?.name === live && incoming !== undefined) await run.moveAway(live, incoming);
    const old = await find(session, liveId, signal);
    if (old?.state === 'OFFLINE') await run.change(old.name, 'SET ONLINE');
    if (old?.name === outgoing) await moveIn(run, outgoing, live, access);
    else if (old !== undefined) await run.change(live, `SET ${access} WITH ROLLBACK IMMEDIATE`);
    // It is dropped next, or goes on being kept.
    if (come !== undefined && incoming !== undefined)
      await run.change(incoming, 'SET OFFLINE WITH ROLLBACK IMMEDIATE');
  };
  await asking(signal, exchange());
}

async function find(session: SqlSession, id: string | undefined, signal: AbortSignal) {
  return id === undefined ? undefined : await databaseById(session, id, signal);
}

/** Statements that have to wait until nobody else is there. */
interface Steady {
  /** `ALTER DATABASE [name] ...`, tried again where somebody came in between. */
  change(name: string, how: string): Promise<void>;
  /** Nobody else gets in while the session is in it, and it is renamed in the same batch in which it is left. */
  moveAway(from: string, to: string): Promise<void>;
}

async function moveIn(
  run: Steady,
  from: string,
  to: string,
  access: RenameSqlserverDatabases['access'],
): Promise<void> {
  await run.change(from, `MODIFY NAME = ${identifier(to)}`);
  await run.change(to, `SET ${access} WITH ROLLBACK IMMEDIATE`);
  beforeOperation('renamed database', to);
}

/**
 * Somebody is in it: a lock could not be had, it has one user and that is another one, changes can't be made at this
 * time, deadlock, session killed by our own ROLLBACK IMMEDIATE.
 */
const busy: ReadonlySet<string> = new Set(['5030', '5061', '5064', '5070', '924', '1205', '952']);
const triesAtMost = 20;
const pauseMs = 100;

function steady(session: SqlSession, server: SqlserverSettings, signal: AbortSignal): Steady {
  const { user } = server;
  /** Who sits in it and does not go by himself is ended. */
  const insist = async (name: string, statements: readonly string[]): Promise<void> => {
    for (let tries = 1; ; tries += 1) {
      try {
        for (const sql of statements) {
          beforeOperation('change database', sql);
          await session.query(sql, signal);
        }
        return;
      } catch (error) {
        const isBusy = error instanceof SqlError && busy.has(error.code);
        if (!isBusy || tries === triesAtMost) throw error;
        await session.query('USE [master]', signal);
        await endSessions(session, { name, user }, signal);
        await wait(pauseMs, undefined, { signal });
      }
    }
  };
  const alter = (name: string, how: string): string => `ALTER DATABASE ${identifier(name)} ${how}`;
  return {
    change: async (name, how) => await insist(name, [alter(name, how)]),
    moveAway: async (from, to) =>
      await insist(from, [
        `USE ${identifier(from)}`,
        alter(from, 'SET SINGLE_USER WITH ROLLBACK IMMEDIATE'),
        `USE [master]; ${alter(from, `MODIFY NAME = ${identifier(to)}`)}`,
      ]),
  };
}
