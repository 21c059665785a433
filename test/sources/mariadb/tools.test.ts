import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findTools } from '../../../agent/sources/mariadb/tools.ts';
import { failureOf, wordFailure } from '../../../protocol/failures.ts';
import { temporaryFolder } from '../../support/temp-folder.ts';

const never = new AbortController().signal;

const failure = async (work: Promise<unknown>): Promise<string> =>
  await work.then(
    () => 'nothing failed',
    (error: unknown) => wordFailure(failureOf(error)).message,
  );

test('programs that are missing or older than the server are refused by name', async () => {
  const session = { version: '11.4.2-MariaDB', query: async () => [], [Symbol.dispose]() {} };
  const folder = temporaryFolder();
  const here = async () => await failure(findTools('db', session, never, `/nowhere:${folder}`));
  expect(await here()).toBe(
    'source "db": mariadb-dump and mariadb of MariaDB 11.4 or newer are needed, and there is none here',
  );
  for (const name of ['mysqldump', 'mysql']) {
    const path = join(folder, name);
    writeFileSync(path, '#!/bin/sh\necho "mysqldump  Ver 10.19 Distrib 10.11.19-MariaDB, for x"\n');
    chmodSync(path, 0o755);
  }
  expect(await here()).toMatch(/here is 10\.11\.19$/);
  const older = { ...session, version: '10.6.1-MariaDB-log' };
  expect(await findTools('db', older, never, folder)).toMatchObject({
    isMysql: false,
    version: '10.11.19',
    dump: join(folder, 'mysqldump'),
  });
  const mysql = { ...session, version: '8.0.36' };
  expect(await failure(findTools('db', mysql, never, folder))).toContain(
    'mysqldump and mysql of MySQL 8.0 or newer are needed',
  );
});
