import * as z from 'zod';
import { quoted } from './sql-text.ts';
import type { RowCounts, TableRows } from './table-rows.ts';

const uneven = 'temp."kedge uneven"';

/**
 * Rows that nothing tells apart but all that is in them: each comes back as often as the backup has it more
 * than is live. `which`: SQL that says of which rows this holds.
 */
export function mergeWithoutKey(rows: TableRows, which: string): RowCounts {
  const { database } = rows;
  listUneven(rows, which);
  const { inserted, deleted } = countUneven(rows);
  if (!rows.replaces) insertMissing(rows);
  else if (inserted + deleted > 0) replaceAll(rows, which);
  database.exec(`drop table ${uneven}`);
  return {
    inserted,
    overwritten: 0,
    reusedKeys: 0,
    deleted: rows.replaces ? deleted : 0,
    examples: [],
  };
}

function listUneven({ database, live, source, shared }: TableRows, which: string): void {
  const columns = shared.map(quoted).join(', ');
  const alike = shared.map((name) => `${quoted(name)} collate binary, typeof(${quoted(name)})`);
  database.exec(
    `create temp table "kedge uneven" as select sum("kedge side") as "kedge side", ${columns} from (
       select 1 as "kedge side", ${columns} from ${source} where ${which}
       union all select -1, ${columns} from ${live} where ${which}
     ) group by ${alike.join(', ')} having sum("kedge side") <> 0`,
  );
}

const Uneven = z.object({ inserted: z.number(), deleted: z.number() });

function countUneven({ database }: TableRows): z.infer<typeof Uneven> {
  const sql = `select coalesce(sum(max("kedge side", 0)), 0) as inserted,
    coalesce(sum(max(-"kedge side", 0)), 0) as deleted from ${uneven}`;
  return Uneven.parse(database.prepare(sql).get());
}

const Repeated = z.array(z.object({ row: z.number(), times: z.number() }));

function insertMissing({ database, live, shared }: TableRows): void {
  const columns = shared.map(quoted).join(', ');
  const insert = `insert into ${live} (${columns}) select ${columns} from ${uneven}`;
  database.prepare(`${insert} where "kedge side" = 1`).run();
  const repeated = Repeated.parse(
    database
      .prepare(`select _rowid_ as row, "kedge side" as times from ${uneven} where "kedge side" > 1`)
      .all(),
  );
  const repeat = database.prepare(
    `${insert}, (with recursive n(i) as (select 1 union all select i + 1 from n where i < ?) select i from n)
     where ${uneven}._rowid_ = ?`,
  );
  for (const { row, times } of repeated) repeat.run(times, row);
}

/** Row numbers too, where all rows are replaced: what has none of its own may be known by that. */
function replaceAll(rows: TableRows, which: string): void {
  const { database, live, source, shared, rowName, key } = rows;
  const numbered = key.length === 0 && rowName !== undefined ? [rowName] : [];
  const columns = [...numbered, ...shared.map(quoted)].join(', ');
  database.prepare(`delete from ${live} where ${which}`).run();
  database
    .prepare(`insert into ${live} (${columns}) select ${columns} from ${source} where ${which}`)
    .run();
}
