import { afterAll, beforeAll, expect, test } from 'vitest';
import { likelyProduct } from '../../agent/databases/mariadb/product.ts';
import type { MariadbSettings } from '../../agent/databases/mariadb/settings.ts';
import { openDatabase } from '../../agent/databases/open-database.ts';
import { openSession } from '../../agent/sources/mariadb/sessions.ts';
import { failureOf, wordFailure } from '../../protocol/failures.ts';
import { hasMariadb, testWithMariadb } from '../support/mariadb.ts';
import { startMariadb, type TestMariadb } from '../support/private-mariadb.ts';

const { signal } = new AbortController();
let server: TestMariadb;

beforeAll(async () => {
  if (!hasMariadb) return;
  // A real server that gives itself out for the other one.
  server = await startMariadb(['--version=8.0.36']);
  server.sql('CREATE DATABASE clinic');
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const settings = (user: string): MariadbSettings => ({
  engine: 'mariadb',
  socket: server.socket,
  user,
  name: 'clinic',
});

const said = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'nothing failed',
    (error: unknown) => wordFailure(failureOf(error)).message,
  );

testWithMariadb('a MySQL is called MySQL, by what it says of itself', async () => {
  const { planFence, ping } = openDatabase(settings('root'));
  expect(await ping(signal)).toBe('MySQL 8.0.36');
  expect(await said(planFence(signal))).toMatch(/^MySQL: no account with rights in "clinic"/);
  const stranger = openDatabase(settings('stranger'));
  expect(await said(stranger.ping(signal))).toMatch(/^MySQL at .* refused the login of "stranger"/);
  // It is none, and so does not know what MySQL does.
  expect(await said(openSession(settings('root'), signal))).toMatch(/^MySQL: Unknown system var/);
});

test('one that says nothing and is not here is called what it may be', () => {
  expect(likelyProduct({ isLocal: false })).toBe('MariaDB or MySQL');
  expect(likelyProduct({ isLocal: true })).toMatch(/^(?:MariaDB|MySQL)$/);
});
