import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import type { Backup } from '../../protocol/domain/backup.ts';
import { backupCreate } from '../../protocol/methods/backup.ts';
import { backupRows } from '../../protocol/methods/rows.ts';
import { runCli } from '../../tui/cli/run-cli.ts';
import { rowKeyText } from '../../tui/commands/restore/row-key.ts';
import { findBackup, refusalOf, resultOf } from '../support/chain-fixture.ts';
import { openSession, type RunningKedge, type Session, startKedge } from '../support/kedge.ts';
import { recordingTerminal } from '../support/recording-terminal.ts';
import { makeSmallApplication, type SmallApplication } from '../support/small-application.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

async function take(session: Session, kind: 'full' | 'differential'): Promise<Backup> {
  const asked = session.call(backupCreate, { requestId: randomUUID(), kind });
  const result = await resultOf(session, asked);
  if (result.kind !== 'backup') throw new Error(result.kind);
  const { backup } = result;
  await until(async () => (await findBackup(session, backup.id))?.integrity === 'ok', 30_000);
  return backup;
}

function change(app: SmallApplication, sql: string): void {
  const database = new Database(app.database);
  database.exec(sql);
  database.close();
}

async function kedge(running: RunningKedge, ...words: string[]): Promise<string> {
  const recorded = recordingTerminal({});
  const code = await runCli([...words, '--socket', running.socket], recorded.terminal);
  expect([code, recorded.err()]).toEqual([0, expect.any(String)]);
  return recorded.out();
}

test('rows of a full and of a differential are read as they were, page by page, and gone when Kedge stops', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  change(app, 'create table visit (day text, room, note, primary key (day, room)) without rowid');
  await using running = await startKedge(app.home);
  using session = await openSession(running.socket);
  const full = await take(session, 'full');
  change(
    app,
    "update orders set item = 'Zebra' where id = 7; insert into visit values ('x', 1, null)",
  );
  const later = await take(session, 'differential');
  expect(later.kind).toBe('differential');
  change(app, 'delete from orders');

  const ask = { source: 'database', table: 'orders', limit: 2, search: 'zebra' };
  const then = { ...ask, backup: { kind: 'id', id: full.id } } as const;
  const since = { ...ask, backup: { kind: 'id', id: later.id } } as const;
  expect(await session.call(backupRows, then)).toMatchObject({ kind: 'rows', page: { rows: [] } });
  expect(await session.call(backupRows, since)).toMatchObject({
    table: { table: 'orders', rows: 2_000, columns: ['id', 'item'], key: ['id'] },
    page: { rows: [{ key: [7], cells: [{ text: '7' }, { text: 'Zebra' }] }] },
  });
  const first = await session.call(backupRows, { ...then, search: undefined });
  expect(first).toMatchObject({ page: { rows: [{ key: [1] }, { key: [2] }], next: [2] } });
  const next = await session.call(backupRows, { ...then, search: undefined, after: [2] });
  expect(next).toMatchObject({ page: { rows: [{ key: [3] }, { key: [4] }] } });

  expect(await refusalOf(session.call(backupRows, { ...then, table: 'nothing' }))).toMatch(
    /no table "nothing"/,
  );
  expect(await refusalOf(session.call(backupRows, { ...then, source: 'uploads' }))).toMatch(
    /no database in this backup "uploads"/,
  );
  await session.call(backupRows, then);
  const unpacked = join(app.home, 'state', 'scratch', 'rows');
  expect(existsSync(unpacked)).toBe(true);
  await running.stop();
  expect(existsSync(unpacked)).toBe(false);
}, 120_000);

test('kedge backup rows shows tables and keys, and a row comes back by the key that it shows', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  change(
    app,
    "create table tag (name text primary key, x); insert into tag values ('42', 1), ('two words', 2), (char(10, 8238), 3)",
  );
  await using running = await startKedge(app.home);
  using session = await openSession(running.socket);
  await take(session, 'full');
  change(app, 'delete from tag');

  const tables = await kedge(running, 'backup', 'rows', 'latest', 'database');
  expect(tables).toMatch(/^ROWS {2}TABLE {3}KEY\n2000 {2}orders {2}id\n {3}3 {2}tag {5}name$/m);
  const shown = await kedge(
    running,
    'backup',
    'rows',
    'latest',
    'database',
    'orders',
    '--limit',
    '3',
  );
  expect(shown).toMatch(/^KEY {2}id {2}item\n1 {4}1 {3}item 0 item 0/m);
  expect(shown).toContain("--row 'database.orders=KEY'");
  expect(shown).toContain('There is more: --after 3');

  const json = JSON.parse(
    await kedge(running, 'backup', 'rows', 'latest', 'database', 'tag', '--json'),
  );
  const keys: string[] = json.page.rows.map(({ key }: { key: string[] }) => rowKeyText(key));
  expect(keys).toEqual(['["42"]', '["two words"]', '["\\n\\u202e"]']);
  const rows = keys.flatMap((key) => ['--row', `database.tag=${key}`]);
  await kedge(running, 'restore', 'run', 'latest', ...rows, '--confirm', 'Shop');
  const database = new Database(app.database);
  expect(database.prepare('select x from tag order by x').pluck().all()).toEqual([1, 2, 3]);
  database.close();
}, 120_000);

test('rows of a locked backup are read by who opens it, and by nobody else after', async () => {
  using folder = tempFolder();
  const app = await makeSmallApplication(folder.path);
  await using running = await startKedge(app.home);
  using session = await openSession(running.socket);
  const secrets = { passphrase: 'correct horse battery' };
  const asked = session.call(backupCreate, { requestId: randomUUID(), secrets });
  const result = await resultOf(session, asked);
  if (result.kind !== 'backup') throw new Error(result.kind);
  const backup = { kind: 'path', path: result.backup.path } as const;
  const ask = { backup, source: 'database', limit: 1, table: 'orders' };

  expect(await session.call(backupRows, { ...ask, secrets })).toMatchObject({
    page: { rows: [{ key: [1] }], next: [1] },
  });
  expect(await refusalOf(session.call(backupRows, ask))).toMatch(/passphrase|encrypted|locked/);
}, 120_000);
