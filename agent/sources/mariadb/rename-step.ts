import * as z from 'zod';
import { openMariadb } from '../../databases/mariadb/mariadb-server.ts';
import { identifier } from '../../databases/mariadb/quote.ts';
import { MariadbSettings } from '../../databases/mariadb/settings.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { beforeOperation } from '../../os/faults.ts';
import { CodeObject } from './code-object.ts';
import { DatabaseProperties } from './database-properties.ts';
import { ownTables, tablesIn } from './list-objects.ts';
import { RoutineGrant } from './routine-grants.ts';

/**
 * The tables of `live` go to the database `outgoing`, those of `incoming` to `live`, by one RENAME TABLE. Code names its
 * database, so it can't go along: that of `live` is here, and made again where all goes back; that of what comes lies
 * in a table of `incoming`, which goes to `outgoing` by the same RENAME.
 */
export const RenameTables = z.object({
  kind: z.literal('rename-tables'),
  server: MariadbSettings,
  live: z.string(),
  /** False: there was no such database, and an empty one is kept. */
  wasThere: z.boolean(),
  incoming: z.string(),
  outgoing: z.string(),
  properties: z.object({ live: DatabaseProperties, incoming: DatabaseProperties }),
  tables: z.object({
    live: z.array(z.string()).readonly(),
    incoming: z.array(z.string()).readonly(),
  }),
  /** In the order in which it can be dropped. */
  code: z.array(CodeObject).readonly(),
  grants: z.array(RoutineGrant).readonly(),
  /** Those of the application that were not locked before. */
  accounts: z.array(z.string()).readonly(),
  /** Names its sessions in the server, and no others. Absent: it was begun by a version whose sessions had no name. */
  mark: z.string().optional(),
});
export type RenameTables = z.infer<typeof RenameTables>;

export interface Move {
  readonly from: string;
  readonly to: string;
}

export const named = (database: string, table: string): string =>
  `${identifier(database)}.${identifier(table)}`;

export function outMoves({ live, outgoing, tables }: RenameTables): readonly Move[] {
  return tables.live.map((table) => ({ from: named(live, table), to: named(outgoing, table) }));
}

export function inMoves({ live, incoming, outgoing, tables }: RenameTables): readonly Move[] {
  return [
    ...tables.incoming.map((table) => ({ from: named(incoming, table), to: named(live, table) })),
    { from: named(incoming, ownTables.code), to: named(outgoing, ownTables.came) },
  ];
}

/** Newest first: what came goes where it was, then what was live comes. `among`: the databases of all of them. */
export async function backMoves(
  session: SqlSession,
  order: {
    readonly went: readonly Move[];
    readonly came: readonly Move[];
    readonly among: readonly string[];
  },
  signal: AbortSignal,
): Promise<readonly Move[]> {
  const there = new Set<string>();
  for (const database of order.among) {
    for (const table of await tablesIn(session, database, signal))
      there.add(named(database, table));
  }
  const went = order.went.filter(({ to }) => there.has(to));
  const gone = new Set(went.map(({ from }) => from));
  const was = new Set(order.went.map(({ from }) => from));
  // What is not where it came from is live only where no older one of its name still is.
  const came = order.came.filter(
    ({ from, to }) => !there.has(from) && there.has(to) && (!was.has(to) || gone.has(to)),
  );
  return [...came, ...went].map(({ from, to }) => ({ from: to, to: from }));
}

/** All of them or none; where a server can do that only one by one, each is looked at on the way back. */
export async function rename(
  session: SqlSession,
  moves: readonly Move[],
  signal: AbortSignal,
): Promise<void> {
  if (moves.length === 0) return;
  const words = moves.map(({ from, to }) => `${from} TO ${to}`).join(', ');
  beforeOperation('rename tables', words);
  await session.query(`RENAME TABLE ${words}`, signal);
  beforeOperation('renamed tables', words);
}

export async function dropDatabase(
  session: SqlSession,
  database: string,
  signal: AbortSignal,
): Promise<void> {
  beforeOperation('drop database', database);
  await session.query(`DROP DATABASE IF EXISTS ${identifier(database)}`, signal);
}

type Fenced = Pick<RenameTables, 'server' | 'live' | 'accounts'>;

/** Locked, and those who are in are ended, until nobody is left. */
export async function shutOut({ server, live, accounts }: Fenced, signal: AbortSignal) {
  beforeOperation('lock accounts', accounts.join());
  await openMariadb(server).shutOut({ engine: 'mariadb', database: live, accounts }, signal);
}

export async function letIn({ server, live, accounts }: Fenced, signal: AbortSignal) {
  beforeOperation('unlock accounts', accounts.join());
  await openMariadb(server).letIn({ engine: 'mariadb', database: live, accounts }, signal);
}
