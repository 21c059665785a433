import { afterAll, beforeAll, expect } from 'vitest';
import { noKeys } from '../../../agent/archive/age/lock.ts';
import { openArchive } from '../../../agent/archive/archive-reader.ts';
import { openArchiveFile } from '../../../agent/archive/open-archive-file.ts';
import { hasMariadb, testWithMariadb } from '../../support/mariadb.ts';
import { databaseWith, planOf } from '../../support/mariadb-tables.ts';
import { startMariadb, type TestMariadb } from '../../support/private-mariadb.ts';

let server: TestMariadb;

beforeAll(async () => {
  if (hasMariadb) server = await startMariadb();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

testWithMariadb(
  'a row that its server takes from an application and not from a dump is named with what lets it come back',
  async () => {
    const content = 'CREATE TABLE scan (id INT PRIMARY KEY, image LONGBLOB)';
    using app = databaseWith(
      server,
      `${content}; INSERT INTO scan VALUES (1, REPEAT('abcdefghi', 1000000))`,
    );
    const why =
      'table "scan": rows of it take up to 18 MiB at once, and this server takes 16 MiB (SET GLOBAL max_allowed_packet = 18874368; and the same in its configuration)';
    const before = app.dump();
    const backup = await app.backup();
    await using reader = await openArchiveFile(backup.path, noKeys);
    expect((await openArchive(reader)).header.notes).toEqual([
      `source "db": to bring this back: ${why}`,
    ]);
    expect((await app.plan(backup)).obstacles).toEqual([`source "db": ${why}`]);
    expect((await planOf(app, backup, 'scan')).obstacles).toEqual([
      why.replace('"scan"', '"scan" of source "db"'),
    ]);
    server.sql(`SET GLOBAL max_allowed_packet = 18874368; DELETE FROM ${app.database}.scan`);
    for (const plan of [await app.plan(backup), (await planOf(app, backup, 'scan')).plan]) {
      expect(plan.obstacles).toEqual([]);
      await app.restore(plan);
      expect(app.dump()).toBe(before);
    }
  },
  60_000,
);
