import type Database from 'better-sqlite3';
import * as z from 'zod';
import { KedgeError } from '../../../../protocol/failures.ts';
import { errorMessage } from '../../../os/error-code.ts';
import { quoted } from './sql-text.ts';
import type { Schema } from './table-shape.ts';

const Objects = z.array(z.object({ name: z.string(), sql: z.string() }));
type SchemaObject = z.infer<typeof Objects>[number];

function objectsOf(
  database: Database.Database,
  schema: Schema,
  type: 'index' | 'trigger',
  table: string,
): readonly SchemaObject[] {
  const sql = `select name, sql from ${schema}.sqlite_schema
    where type = ? and lower(tbl_name) = lower(?) and sql is not null order by rowid`;
  return Objects.parse(database.prepare(sql).all(type, table));
}

/** Takes the triggers of a table away, so that none fires for rows that come back. */
export function dropTriggers(database: Database.Database, table: string): readonly SchemaObject[] {
  const triggers = objectsOf(database, 'main', 'trigger', table);
  for (const { name } of triggers) database.exec(`drop trigger main.${quoted(name)}`);
  return triggers;
}

export function makeTriggers(database: Database.Database, triggers: readonly SchemaObject[]): void {
  for (const { name, sql } of triggers) {
    try {
      database.prepare(sql).run();
    } catch (error) {
      const why = `the trigger "${name}" could not be put back: ${errorMessage(error)}`;
      throw new KedgeError('restore-refused', { why }, { cause: error });
    }
  }
}

/** Makes a table that is gone, with its indexes; answers its triggers, which are for when its rows are in. */
export function makeTable(
  database: Database.Database,
  { name, sql }: SchemaObject,
  isVirtual: boolean,
): readonly SchemaObject[] {
  // One statement a call: what stands behind a semicolon in a file of somebody else's is refused.
  database.prepare(sql).run();
  if (isVirtual) return [];
  for (const index of objectsOf(database, 'backup', 'index', name)) {
    database.prepare(index.sql).run();
  }
  const triggers = objectsOf(database, 'backup', 'trigger', name);
  const taken = triggers.find((trigger) => isTaken(database, trigger.name));
  if (taken !== undefined) throw new NameTaken(taken.name);
  return triggers;
}

class NameTaken extends Error {
  readonly code = 'SQLITE_ERROR';
  constructor(trigger: string) {
    super(`there is another trigger "${trigger}" now`);
  }
}

function isTaken(database: Database.Database, trigger: string): boolean {
  const sql = `select 1 from main.sqlite_schema where type = 'trigger' and lower(name) = lower(?)`;
  return database.prepare(sql).get(trigger) !== undefined;
}

/** Numbers that were given once are not given again, whichever of the two counted further. */
export function keepSequence(database: Database.Database, table: string): void {
  if (!(hasSequences(database, 'main') && hasSequences(database, 'backup'))) return;
  const then = 'select max(seq) from backup.sqlite_sequence where lower(name) = lower(:table)';
  const update = `update main.sqlite_sequence set seq = max(seq, coalesce((${then}), seq))
    where lower(name) = lower(:table)`;
  if (database.prepare(update).run({ table }).changes > 0) return;
  const insert = `insert into main.sqlite_sequence (name, seq)
    select :table, seq from backup.sqlite_sequence where lower(name) = lower(:table)`;
  database.prepare(insert).run({ table });
}

function hasSequences(database: Database.Database, schema: Schema): boolean {
  const sql = `select 1 from ${schema}.sqlite_schema where name = 'sqlite_sequence'`;
  return database.prepare(sql).get() !== undefined;
}
