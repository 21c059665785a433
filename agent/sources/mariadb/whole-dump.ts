import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { productOf } from '../../databases/mariadb/product.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import type { CodeObject } from './code-object.ts';
import { MariadbDumpCheck } from './dump-check.ts';
import { codeName, type DumpFacts, factsName, objectsName, viewsName } from './dump-facts.ts';
import type { Dumping } from './dump-parts.ts';
import { alwaysTaken } from './long-rows.ts';
import type { DatabaseObjects } from './read-objects.ts';
import { areRowsElsewhere } from './rows-elsewhere.ts';
import { numberOf } from './sessions.ts';
import type { DumpedTable } from './split-dump.ts';

/** A line break in one could be taken for the beginning of another table. */
export function refuseOddNames(source: string, { tables, views, code }: DatabaseObjects): void {
  const names = [
    ...tables.map(({ table }) => table),
    ...views.map(({ view }) => view),
    ...code.map(({ name }) => name),
  ];
  const odd = names.find((name) => /[\r\n]/.test(name));
  if (odd === undefined) return;
  const problem = `the name ${JSON.stringify(odd)} has a line break in it, which no dump can hold`;
  throw new KedgeError('source-miscounted', { source, problem });
}

/** What is dumped, as it is said beside it. */
export function factsOf(
  { database, tools }: Dumping,
  session: SqlSession,
  { charset, collation, comment, tables, views, code, definers }: DatabaseObjects,
  dumped: readonly DumpedTable[],
): DumpFacts {
  const byName = new Map(dumped.map((each) => [each.table, each]));
  return {
    format: 1,
    product: productOf(session),
    server: numberOf(session.version),
    tools: tools.version,
    database,
    ...{ charset, collation, comment },
    tables: tables.map(({ table, kind, engine }) => {
      const { file = '', rows = 0, longestLine = 0 } = byName.get(table) ?? {};
      const hasRows = kind === 'table' && !areRowsElsewhere({ engine });
      const long = longestLine > alwaysTaken ? { longestLine } : {};
      return { table, file, kind, engine, ...(hasRows ? { rows } : {}), ...long };
    }),
    views: views.filter(({ isBroken }) => !isBroken).map(({ view }) => view),
    code: code.map(({ stamp: _stamp, ...named }) => named),
    definers,
  };
}

/** Routines that a server keeps to itself, a connection that broke: never a backup that looks whole. */
export async function refuseIncomplete(
  { source, folder }: Dumping,
  facts: DumpFacts,
  objects: readonly CodeObject[],
): Promise<void> {
  const check = new MariadbDumpCheck();
  const parts = [
    [factsName, Buffer.from(JSON.stringify({ ...facts, tables: [] }))],
    [objectsName, Buffer.from(JSON.stringify(objects))],
    ...(await existing(folder, facts.views, viewsName)),
    ...(await existing(folder, facts.code, codeName)),
  ] as const;
  for (const [path, bytes] of parts) {
    const part = check.part(path);
    part.write(bytes);
    part.end();
  }
  const { problem } = check.result();
  if (problem !== undefined) throw new KedgeError('source-miscounted', { source, problem });
}

async function existing(
  folder: string,
  named: readonly unknown[],
  path: string,
): Promise<readonly (readonly [string, Buffer])[]> {
  return named.length === 0 ? [] : [[path, await readFile(join(folder, path))]];
}
