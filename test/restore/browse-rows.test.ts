import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { noKeys } from '../../agent/archive/age/lock.ts';
import { setFaultHook } from '../../agent/os/faults.ts';
import { browseRows } from '../../agent/restore/browse-rows.ts';
import { RestoreFixture } from '../support/restore-fixture.ts';
import { until } from '../support/until.ts';

afterEach(() => setFaultHook(undefined));

const never = new AbortController().signal;

async function backedUp(app: RestoreFixture) {
  const { path } = await app.backup();
  const folder = join(app.home, 'rows');
  return { archive: path, stores: [], keys: noKeys, source: 'db', folder, limit: 1 };
}

test('what was unpacked is taken away when nobody reads it, and unpacked again for who asks then', async () => {
  using app = new RestoreFixture();
  const order = await backedUp(app);
  const rows = browseRows(20);
  const page = await rows({ ...order, table: 'PATIENT' }, never);
  expect(page).toMatchObject({ table: { table: 'patient', rows: 300 }, page: { next: [1] } });
  await until(() => !existsSync(order.folder));
  const tables = await rows(order, never);
  expect(tables).toMatchObject({ tables: [{ table: 'odd "name' }, { table: 'patient' }] });
  await until(() => !existsSync(order.folder));
});

test('another backup takes the place of the one before', async () => {
  using app = new RestoreFixture();
  const order = await backedUp(app);
  app.changeAll();
  const { path } = await app.backup('second');
  const rows = browseRows(60_000);
  const ask = { ...order, table: 'patient' };
  expect(await rows(ask, never)).toMatchObject({ table: { rows: 300 } });
  const both = [rows({ ...ask, archive: path }, never), rows(ask, never)];
  expect(await Promise.all(both)).toMatchObject([
    { table: { rows: 101 } },
    { table: { rows: 300 } },
  ]);
  expect(readdirSync(order.folder).filter((name) => name.endsWith('.db'))).toEqual(['then.db']);
});

test('who went away before it was unpacked leaves nothing behind', async () => {
  using app = new RestoreFixture();
  const order = await backedUp(app);
  const rows = browseRows(60_000);
  const gone = new AbortController();
  setFaultHook(({ path }) => {
    if (path.endsWith('then.db')) gone.abort();
  });
  const asked = rows(order, gone.signal);
  await expect(asked).rejects.toThrow(/abort/);
  expect(existsSync(order.folder)).toBe(false);
  expect(await rows(order, never)).toMatchObject({ kind: 'tables' });
});

test('a disk that is full is named, and nothing stays on it', async () => {
  using app = new RestoreFixture();
  const order = await backedUp(app);
  setFaultHook(({ path }) => {
    if (path.endsWith('then.db')) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  });
  const rows = browseRows(60_000);
  await expect(rows(order, never)).rejects.toThrow(/not enough space in ".*rows": more needed/);
  expect(existsSync(order.folder)).toBe(false);
});
