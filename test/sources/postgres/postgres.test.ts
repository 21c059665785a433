import { afterAll, beforeAll, expect } from 'vitest';
import type { PostgresSourceSettings } from '../../../agent/sources/postgres/settings.ts';
import { openPostgresSource } from '../../../agent/sources/postgres/source.ts';
import { sourceContract } from '../../contract/source.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { zooContent, zooProperties, zooRoles } from '../../support/postgres-zoo.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';

let server: TestPostgres;

beforeAll(async () => {
  if (!hasPostgres) return;
  server = await startPostgres();
  server.sql(zooRoles);
  server.sql('CREATE DATABASE zoo OWNER zoo_owner');
  server.sql(zooContent, 'zoo');
  server.sql(zooProperties('zoo'));
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

function settings(changes: Partial<PostgresSourceSettings> = {}): PostgresSourceSettings {
  return {
    engine: 'postgres',
    database: 'zoo',
    socket: server.socket,
    user: 'postgres',
    ...changes,
  };
}

const open = (changes: Partial<PostgresSourceSettings> = {}) =>
  openPostgresSource('db', settings(changes));

sourceContract(
  'postgres',
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
        database: 'zoo',
        roles: ['odd "role', 'zoo_owner', 'zoo_reader'],
      });
    },
  }),
  testWithPostgres,
);
