import type { DatabaseSettings } from '../databases/settings.ts';
import { compareKeptTrees } from './files/compare-kept.ts';
import type { KeptKind } from './kept-order.ts';
import { keptMariadb } from './mariadb/kept-database.ts';
import { keptServer } from './physical/kept-server.ts';
import { keptPostgres } from './postgres/kept-database.ts';
import { compareKeptDatabase, spaceToUndoDatabase } from './sqlite/compare-kept.ts';
import { keptSqlserver } from './sqlserver/kept-database.ts';

/** Trees are exchanged by renames. */
const trees: KeptKind = { compare: compareKeptTrees, space: async () => [] };

/** By engine: what taking an undo back does and takes, also when the source is no longer configured. */
export const keptKinds: Readonly<Record<string, KeptKind>> = {
  sqlite: { compare: compareKeptDatabase, space: spaceToUndoDatabase },
  files: trees,
  settings: trees,
  postgres: keptPostgres,
  sqlserver: keptSqlserver,
  mariadb: keptMariadb,
  'mariadb-server': keptServer,
  'postgres-server': keptServer,
};

/** Of a database that an undo is about to keep in its server. */
export function keptName(engine: string, server: DatabaseSettings, atMs: number): string {
  const name = keptKinds[engine]?.inServer?.nameOf(server, atMs);
  if (name === undefined) throw new Error(`the engine "${engine}" keeps nothing in a server`);
  return name;
}
