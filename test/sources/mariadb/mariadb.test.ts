import { afterAll, beforeAll, expect } from 'vitest';
import type { MariadbSourceSettings } from '../../../agent/sources/mariadb/settings.ts';
import { openMariadbSource } from '../../../agent/sources/mariadb/source.ts';
import { sourceContract } from '../../contract/source.ts';
import { hasMariadb, testWithMariadb } from '../../support/mariadb.ts';
import { zooContent } from '../../support/mariadb-zoo.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';

let server: TestMariadb;

beforeAll(async () => {
  if (!hasMariadb) return;
  server = await startMariadb();
  server.sql(zooContent);
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

function settings(changes: Partial<MariadbSourceSettings> = {}): MariadbSourceSettings {
  return {
    engine: 'mariadb',
    database: 'zoo',
    socket: server.socket,
    user: 'root',
    ...changes,
  };
}

const open = (changes: Partial<MariadbSourceSettings> = {}) =>
  openMariadbSource('db', settings(changes));

const rows = (table: string, of: number, kind = 'table') => ({ table, kind, rows: of });

sourceContract(
  'mariadb',
  () => ({
    source: open(),
    missing: open({ database: 'none' }),
    live: [],
    isEstimated: true,
    check(members) {
      const facts = JSON.parse(
        members.find(({ name }) => name === 'db/database.json')?.content.toString() ?? '{}',
      );
      expect(facts).toMatchObject({
        product: 'MariaDB',
        database: 'zoo',
        charset: 'utf8mb4',
        collation: 'utf8mb4_unicode_ci',
        comment: "all kinds; of 'things'",
        views: ['a_names', 'greeting', 'of`cats', 'z_count'],
        definers: ['root@localhost', 'zoo_keeper@localhost', 'zoo_role'],
        tables: [
          rows('Owner', 0),
          rows('booked', 2),
          rows('empty', 0),
          rows('hashed', 20),
          rows('keyless', 3),
          rows('listed', 3),
          rows('log', 2),
          rows('measure', 1),
          { table: 'numbers', kind: 'sequence', engine: 'InnoDB', file: 'numbers.sql' },
          rows("odd `name'; DROP.%/\\", 1),
          rows('owner', 10),
          rows('pet', 500),
          rows('price', 3),
          rows('tree', 2),
          rows('visit', 90),
        ],
        code: [
          { kind: 'event', name: 'nightly' },
          { kind: 'function', name: 'greet' },
          { kind: 'function', name: 'total' },
          { kind: 'package body', name: 'tools' },
          { kind: 'package', name: 'tools' },
          { kind: 'procedure', name: 'tidy `up' },
          { kind: 'trigger', name: 'pet_gone', table: 'pet' },
          { kind: 'trigger', name: 'visit_before', table: 'visit' },
          { kind: 'trigger', name: 'visit_second', table: 'visit' },
        ],
      });
    },
  }),
  testWithMariadb,
);
