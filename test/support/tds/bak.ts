import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

/** What the header of a backup says. Numbers of log records as text. */
export interface BakHeader {
  readonly name: string;
  readonly kind: 'full' | 'differential';
  readonly copyOnly: boolean;
  readonly guid: string;
  readonly database: string;
  readonly firstLsn: string;
  readonly lastLsn: string;
  readonly checkpointLsn: string;
  readonly baseGuid?: string;
  readonly baseLsn?: string;
  readonly major: number;
  readonly files: readonly BakFile[];
}

export interface BakFile {
  readonly id: number;
  readonly name: string;
  readonly type: 'D' | 'L';
  readonly path: string;
  readonly bytes: number;
}

/** Tables by name, a text for each row. Of a differential: those that changed; null: it is gone. */
export type BakTables = Readonly<Record<string, readonly string[] | null>>;

export interface Bak {
  readonly header: BakHeader;
  readonly tables: BakTables;
}

const magic = Buffer.from('TAPE');
const sumBytes = 32;

/** Begins as every native backup does; the rest is of these tests, with a checksum at its end. */
export function writeBak(path: string, bak: Bak): void {
  const text = Buffer.from(JSON.stringify(bak));
  const sum = createHash('sha256').update(text).digest();
  writeFileSync(path, Buffer.concat([magic, text, sum]), { mode: 0o660 });
}

/** Undefined: it is none. */
export function readBak(path: string): Bak | 'damaged' | undefined {
  const bytes = readFileSync(path);
  if (!bytes.subarray(0, magic.length).equals(magic)) return undefined;
  const text = bytes.subarray(magic.length, -sumBytes);
  const sum = createHash('sha256').update(text).digest();
  return sum.equals(bytes.subarray(-sumBytes)) ? JSON.parse(text.toString()) : 'damaged';
}
