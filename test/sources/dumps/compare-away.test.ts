import { expect, test } from 'vitest';
import { compareDatabase as compareMariadb } from '../../../agent/sources/mariadb/compare-database.ts';
import { compareDatabase as comparePostgres } from '../../../agent/sources/postgres/compare-database.ts';

const { signal } = new AbortController();
const away = { socket: '/nowhere/socket', user: 'kedge', name: 'clinic' };
const then = { bytes: 1, tables: [{ table: 'visit', rows: 3 }], notes: [] };

test.each([
  ['PostgreSQL', comparePostgres('db', { engine: 'postgres', ...away }, then, signal)],
  ['MariaDB', compareMariadb('db', { engine: 'mariadb', ...away }, then, signal)],
])('of a %s that does not answer no table is said to be empty', async (product, compared) => {
  expect(await compared).toMatchObject({
    tables: [],
    problem: expect.stringContaining(`${product} did not answer`),
  });
});
