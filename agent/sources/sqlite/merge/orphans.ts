import type Database from 'better-sqlite3';
import * as z from 'zod';
import { quoted } from './sql-text.ts';

/** Rows of one table that point nowhere. */
interface TableOrphans {
  readonly count: number;
  /** Of each `<row number>/<foreign key>` and where it points to; fewer where they are too many or have no number. */
  readonly rows: ReadonlyMap<string, string>;
}

export type Orphans = ReadonlyMap<string, TableOrphans>;

const rememberedAtMost = 100_000;
const examplesAtMost = 3;

const Names = z.array(z.string());

/** By table. One whose foreign keys SQLite itself can't follow has none. */
export function readOrphans(database: Database.Database): Orphans {
  const tables = database
    .prepare(
      `select l.name from pragma_table_list l where l.schema = 'main' and l.type = 'table'
       and exists (select 1 from pragma_foreign_key_list(l.name, 'main')) order by l.name`,
    )
    .pluck()
    .all();
  return new Map(Names.parse(tables).map((table) => [table, orphansOf(database, table)]));
}

const Found = z.object({ rowid: z.number().nullable(), parent: z.string(), fkid: z.number() });

function orphansOf(database: Database.Database, table: string): TableOrphans {
  const rows = new Map<string, string>();
  let count = 0;
  try {
    const check = database.prepare(`pragma main.foreign_key_check(${quoted(table)})`);
    for (const each of check.iterate()) {
      const { rowid, parent, fkid } = Found.parse(each);
      count += 1;
      if (rowid !== null && count <= rememberedAtMost) rows.set(`${rowid}/${fkid}`, parent);
    }
  } catch (error) {
    if (!isUnfollowable(error)) throw error;
  }
  return { count, rows };
}

/** Its parent has no such unique column, or a collation is not known here: the application's affair. */
function isUnfollowable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^SQLITE_ERROR/.test(String(error.code));
}

interface NewOrphans {
  readonly count: number;
  readonly examples: readonly string[];
}

/** Those that were not there before; where not each is known, by how many there are more. */
export function newOrphans(before: Orphans, after: Orphans): ReadonlyMap<string, NewOrphans> {
  const found = new Map<string, NewOrphans>();
  for (const [table, now] of after) {
    const then = before.get(table) ?? { count: 0, rows: new Map() };
    const fresh = [...now.rows].filter(([row]) => !then.rows.has(row));
    const isExact = isComplete(now) && isComplete(then);
    const count = isExact ? fresh.length : Math.max(0, now.count - then.count);
    const examples = fresh.slice(0, examplesAtMost).map(([row, parent]) => {
      const number = row.slice(0, row.indexOf('/'));
      return `orphan: row ${number} points to a row of ${parent} that is nowhere`;
    });
    if (count > 0) found.set(table, { count, examples });
  }
  return found;
}

function isComplete({ count, rows }: TableOrphans): boolean {
  return rows.size === count;
}
