import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { initStore } from '../../agent/stores/stores.ts';

/** A small application below a folder: database, uploads, settings, a store, and kedge.jsonc. */
export interface SmallApplication {
  readonly home: string;
  readonly database: string;
  readonly uploads: string;
  readonly settings: string;
  readonly store: string;
}

export async function makeSmallApplication(
  folder: string,
  more: object = {},
): Promise<SmallApplication> {
  const home = join(folder, 'kedge');
  const database = join(folder, 'app', 'shop.db');
  const uploads = join(folder, 'app', 'uploads');
  const settings = join(folder, 'app', 'shop.ini');
  const store = join(folder, 'backups');
  for (const path of [home, uploads, store]) mkdirSync(path, { recursive: true });
  writeFileSync(settings, 'name = shop\n');
  for (const number of [1, 2, 3])
    writeFileSync(join(uploads, `${number}.txt`), `upload ${number}\n`);
  const connection = new Database(database);
  connection.pragma('journal_mode = wal');
  connection.exec('create table orders (id integer primary key, item text not null)');
  const insert = connection.prepare('insert into orders (item) values (?)');
  connection.transaction(() => {
    for (let n = 0; n < 2_000; n++) insert.run(`item ${n} `.repeat(20));
  })();
  connection.close();
  await initStore('local', { kind: 'local', path: store });
  const config = {
    application: { id: 'shop', name: 'Shop' },
    sources: {
      database: { engine: 'sqlite', path: database },
      uploads: { engine: 'files', path: uploads },
      settings: { engine: 'settings', paths: [settings] },
    },
    stores: { local: { kind: 'local', path: store } },
    ...more,
  };
  writeFileSync(join(home, 'kedge.jsonc'), JSON.stringify(config, undefined, 2));
  return { home, database, uploads, settings, store };
}

export function countOrders(database: string): number {
  const connection = new Database(database, { readonly: true });
  try {
    return Number(connection.prepare('select count(*) from orders').pluck().get());
  } finally {
    connection.close();
  }
}

export function deleteOrders(database: string, count: number): void {
  const connection = new Database(database);
  connection.prepare('delete from orders where id <= ?').run(count);
  connection.close();
}
