import { test } from 'vitest';
import { testWith } from './require-tool.ts';

/** `test` for what needs a MariaDB server of the test's own. */
export const testWithMariadb: typeof test | typeof test.skip = testWith(
  'mariadbd',
  'mariadb-install-db',
  'mariadb',
);
export const hasMariadb = testWithMariadb === test;
