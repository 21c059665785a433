import { test } from 'vitest';
import { postgresBin } from './private-postgres.ts';
import { missing } from './require-tool.ts';

/** `test` for what needs a PostgreSQL server of the test's own. */
export const testWithPostgres: typeof test | typeof test.skip =
  postgresBin === undefined ? missing('postgresql') : test;
export const hasPostgres = postgresBin !== undefined;
