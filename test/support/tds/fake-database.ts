import { randomUUID } from 'node:crypto';
import type { BakFile, BakTables } from './bak.ts';
import type { TdsSession } from './server.ts';

export type Access = 'MULTI_USER' | 'RESTRICTED_USER' | 'SINGLE_USER';

interface Table {
  readonly rows: readonly string[];
  /** When it changed last. */
  readonly lsn: bigint;
}

/** A database of the scripted server. */
export class FakeDatabase {
  readonly id: number;
  name: string;
  state: 'ONLINE' | 'OFFLINE' | 'RESTORING' = 'ONLINE';
  access: Access = 'MULTI_USER';
  owner = 'app_owner';
  files: readonly BakFile[];
  lsn = 37_000_000_041_600_037n;
  /** Of which differentials are taken. */
  base: { readonly guid: string; readonly lsn: bigint } | undefined;
  /** The full that was restored last, while it is open to a differential. */
  restoredGuid: string | undefined;
  options: readonly string[] = [];
  /** Tables with a security policy. */
  readonly filtered = new Set<string>();
  /** CHECKDB finds something. */
  isCorrupt = false;
  /** Logins that may enter, and what they may do. */
  readonly users = new Map<string, 'owner' | 'reader'>([['app', 'reader']]);
  readonly #tables = new Map<string, Table>();

  constructor(id: number, name: string, folder: string) {
    this.id = id;
    this.name = name;
    this.files = [
      { id: 1, name, type: 'D', path: `${folder}/${name}.mdf`, bytes: 8 << 20 },
      { id: 2, name: `${name}_log`, type: 'L', path: `${folder}/${name}_log.ldf`, bytes: 1 << 20 },
    ];
  }

  put(table: string, rows: readonly string[]): void {
    this.lsn += 3n;
    this.#tables.set(table, { rows, lsn: this.lsn });
  }

  drop(table: string): void {
    this.lsn += 3n;
    this.#tables.delete(table);
  }

  rows(table: string): readonly string[] | undefined {
    return this.#tables.get(table)?.rows;
  }

  get counts(): readonly { readonly table: string; readonly rows: number }[] {
    return [...this.#tables].map(([table, { rows }]) => ({ table, rows: rows.length }));
  }

  /** All of it, or what is not as it was then. */
  dump(since = 0n, before: readonly string[] = []): BakTables {
    const changed = [...this.#tables].filter(([, { lsn }]) => lsn > since);
    const gone = before.filter((table) => !this.#tables.has(table));
    return Object.fromEntries([
      ...changed.map(([table, { rows }]) => [table, rows] as const),
      ...gone.map((table) => [table, null] as const),
    ]);
  }

  load(tables: BakTables): void {
    for (const [table, rows] of Object.entries(tables)) {
      if (rows === null) this.drop(table);
      else this.put(table, rows);
    }
  }

  checkpoint(): bigint {
    this.lsn += 16n;
    return this.lsn;
  }
}

/** As SQL Server prints them. */
export function newGuid(): string {
  return randomUUID().toUpperCase();
}

export function isIn(session: TdsSession, database: FakeDatabase): boolean {
  return session.database === database.name;
}
