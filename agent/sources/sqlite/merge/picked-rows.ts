import type Database from 'better-sqlite3';
import type { KeyValue } from '../../../../protocol/domain/restore-order.ts';
import { nameOf } from './merge-examples.ts';
import { quoted } from './sql-text.ts';

type SqlValue = string | number | bigint | null | Buffer;

/** Whole numbers as such: a column of text would make another word of 5.0 than of 5. */
export function toSqlValue(value: KeyValue): SqlValue {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (value === null || typeof value === 'string') return value;
  if ('int' in value) return BigInt(value.int);
  return Buffer.from(value.base64, 'base64');
}

/** A value of a key as SQLite gives it with whole numbers as bigint. */
export function toKeyValue(value: unknown): KeyValue {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : { int: String(value) };
  }
  if (value instanceof Uint8Array) return { base64: Buffer.from(value).toString('base64') };
  return typeof value === 'number' || typeof value === 'string' ? value : null;
}

const picked = 'temp."kedge picked"';
const missingNamed = 5;

interface Pick {
  readonly database: Database.Database;
  readonly source: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
  readonly keys: readonly (readonly KeyValue[])[];
}

/** Copies the rows of these keys aside, as the source of a merge; or says which keys are nowhere. */
export function pickRows(pick: Pick): { readonly source: string } | { readonly problem: string } {
  const { database, source, key, columns, keys } = pick;
  if (key.length === 0) return { problem: 'it has no key by which rows could be told apart' };
  if (keys.some((values) => values.length !== key.length)) {
    return { problem: `a key of it has ${key.length} values: ${key.join(', ')}` };
  }
  const list = columns.map(quoted).join(', ');
  const same = key.map((name) => `${quoted(name)} is ?`).join(' and ');
  database.exec(`create temp table "kedge picked" as select ${list} from ${source} where 0`);
  database.exec(
    `create unique index temp."kedge picked keys" on "kedge picked" (${key.map(quoted).join(', ')})`,
  );
  const exists = database.prepare(`select 1 from ${source} where ${same}`);
  const insert = database.prepare(
    `insert or ignore into ${picked} (${list}) select ${list} from ${source} where ${same}`,
  );
  const missing: string[] = [];
  for (const values of distinct(keys)) {
    const bound = values.map(toSqlValue);
    if (exists.get(...bound) === undefined) missing.push(nameOf(key, bound));
    else insert.run(...bound);
  }
  return missing.length === 0 ? { source: picked } : { problem: missingProblem(missing) };
}

export function dropPicked(database: Database.Database): void {
  database.exec(`drop table if exists ${picked}`);
}

/** A key that is given twice, NULL in it or not, is one row. */
function distinct(keys: Pick['keys']): Pick['keys'] {
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
}

function missingProblem(missing: readonly string[]): string {
  const more = missing.length > missingNamed ? ` and ${missing.length - missingNamed} more` : '';
  return `the backup has no row ${missing.slice(0, missingNamed).join('; ')}${more}`;
}
