import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { z } from 'zod';
import type { SourceChange } from '../../../protocol/domain/restore.ts';
import type { IndexMember } from '../../archive/archive-reader.ts';
import { errorCode } from '../../os/error-code.ts';
import type { Work } from '../../os/work.ts';
import type { ArchivedSource } from '../restore-kind.ts';
import { writeMemberFile } from '../write-member.ts';
import { closing, connect } from './connect.ts';
import { openDatabase } from './open-database.ts';

interface Comparison {
  readonly source: string;
  readonly live: string;
  readonly archived: ArchivedSource;
  readonly member: IndexMember;
}

/** Rows per table in the backup and live. The backup's database is unpacked into scratch for it. */
export async function compareDatabase(order: Comparison, work: Work): Promise<SourceChange> {
  const folder = join(work.scratch, order.source);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const copy = join(folder, 'then.db');
  await unpack(order, copy, work);
  const then = copyRowCounts(copy);
  const now = await liveRowCounts(order.live);
  await rm(folder, { recursive: true, force: true });
  const tables = [...new Set([...then.keys(), ...now.keys()])].sort().map((table) => ({
    table,
    backupRows: then.get(table) ?? 0,
    liveRows: now.get(table) ?? 0,
  }));
  const { sizeBytes: bytes } = order.member;
  return { source: order.source, engine: 'sqlite', live: order.live, tables, bytes };
}

function copyRowCounts(path: string): ReadonlyMap<string, number> {
  using file = connect(path, { fileMustExist: true });
  return rowCounts(file.database);
}

async function unpack({ archived, member, source }: Comparison, to: string, work: Work) {
  let done = 0;
  const step = `reading the database of ${source}`;
  await writeMemberFile(to, member, archived.content(member, work.signal), (bytes) => {
    done += bytes;
    work.progress(step, done, member.sizeBytes);
  });
}

const Names = z.array(z.string());

/** A live database that is missing or unreadable has no rows that could be lost. */
async function liveRowCounts(live: string): Promise<ReadonlyMap<string, number>> {
  try {
    using file = closing(await openDatabase(live));
    return rowCounts(file.database);
  } catch (error) {
    if (isUnreadable(error)) return new Map();
    throw error;
  }
}

function isUnreadable(error: unknown): boolean {
  return /^(ENOENT|ENOTDIR|SQLITE_(NOTADB|CORRUPT|CANTOPEN))/.test(errorCode(error));
}

function rowCounts(database: Database.Database): ReadonlyMap<string, number> {
  const names = Names.parse(database.prepare(tableNames).pluck().all());
  return new Map(names.map((name) => [name, countRows(database, name)]));
}

/** Shadow tables of virtual ones are not the application's; the virtual table itself is counted. */
const tableNames = `select name from pragma_table_list
  where schema = 'main' and type in ('table', 'virtual') and name not like 'sqlite\\_%' escape '\\'`;

function countRows(database: Database.Database, table: string): number {
  const quoted = `"${table.replaceAll('"', '""')}"`;
  return Number(database.prepare(`select count(*) from ${quoted}`).pluck().get());
}
