import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SourceMerge } from '../../../protocol/domain/restore-order.ts';
import type { IndexMember } from '../../archive/archive-reader.ts';
import { realPathOf } from '../../os/real-path.ts';
import type { Work } from '../../os/work.ts';
import type { PartOrder, PartRestore } from '../part-order.ts';
import type { ArchivedSource, SourceRestore } from '../restore-kind.ts';
import { writeMemberFile } from '../write-member.ts';
import { planMerge } from './merge/merge-database.ts';
import type { MergeWhat } from './merge/merge-order.ts';
import type { SqliteSettings } from './settings.ts';

/** A merge of a database, or tables of it as they were. */
export function partOfSqlite(
  whole: SourceRestore,
  settings: SqliteSettings,
  given: { readonly archived: ArchivedSource; readonly member: () => Promise<IndexMember> },
  order: PartOrder,
): PartRestore {
  const { archived } = given;
  const what: MergeWhat = order.tables === undefined ? 'merge' : { tables: order.tables };
  return {
    archived,
    restore: {
      ...whole,
      compare: async (_archived, work) => {
        const change = await whole.compare(archived, work);
        const tables = (change.tables ?? []).filter(({ table }) => isWhole(order, table));
        return { ...change, tables };
      },
      items: async (_archived, place, names) => {
        const items = await whole.items(archived, place, names);
        return items.map((item) => ({ ...item, rows: what }));
      },
    },
    problems: problemsOf(archived.name, order),
    warnings: [],
    merges: async (work) => {
      const copy = await unpack(archived, await given.member(), work);
      try {
        const live = await realPathOf(settings.path);
        const onTable = (table: string) => work.progress(`merge ${table} for a look`, 0, 0);
        const tables = await planMerge({ backup: copy, live, what }, onTable, work.signal);
        return { source: archived.name, tables } satisfies SourceMerge;
      } finally {
        await rm(join(copy, '..'), { recursive: true, force: true });
      }
    },
  };
}

/** Of single rows nothing else of their table changes. */
function isWhole({ tables }: PartOrder, table: string): boolean {
  if (tables === undefined) return true;
  return tables.some((part) => part.table === table && part.keys === undefined);
}

function problemsOf(source: string, { keepNewer, paths, tables }: PartOrder): readonly string[] {
  const problems: string[] = [];
  if (paths !== undefined) problems.push(`source "${source}" is a database; name tables of it`);
  if (keepNewer && tables !== undefined) {
    problems.push(`tables of "${source}" come back as they were; what is newer in them can't stay`);
  }
  return problems;
}

async function unpack(archived: ArchivedSource, member: IndexMember, work: Work): Promise<string> {
  const folder = join(work.scratch, `${archived.name}.merge`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const copy = join(folder, 'then.db');
  let done = 0;
  await writeMemberFile(copy, member, archived.content(member, work.signal), (bytes) => {
    done += bytes;
    work.progress(`reading the database of ${archived.name}`, done, member.sizeBytes);
  });
  return copy;
}
