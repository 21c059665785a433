import { afterAll, beforeAll, expect } from 'vitest';
import { openPostgres } from '../../../agent/databases/postgres/postgres-server.ts';
import { hasPostgres, testWithPostgres } from '../../support/postgres.ts';
import { postgresApp } from '../../support/postgres-app.ts';
import { startPostgres, type TestPostgres } from '../../support/private-postgres.ts';
import { smallDatabase } from '../../support/small-postgres.ts';
import { until } from '../../support/until.ts';

const { signal } = new AbortController();
let server: TestPostgres;

beforeAll(async () => {
  if (hasPostgres) server = await startPostgres();
});
afterAll(async () => await server?.[Symbol.asyncDispose]());

const pinged = async ({ socket }: TestPostgres, name: string): Promise<string> =>
  await openPostgres({ engine: 'postgres', socket, user: 'postgres', name }).ping(signal);

testWithPostgres(
  'a standby is backed up, tells how far it is behind, and takes no restore',
  async () => {
    using app = smallDatabase(server, 3);
    const { database } = app;
    server.sql('CREATE UNLOGGED TABLE cache AS SELECT 1 AS x', database);
    await using standby = await startPostgres(server);
    // It lets clients in before it asks its primary for anything.
    const streams = `SELECT count(*) FROM pg_stat_wal_receiver WHERE status = 'streaming'
      AND pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()`;
    await until(() => standby.sql(streams) === '1');
    const followed = `SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'
      AND replay_lsn = sent_lsn AND coalesce(replay_lag, '0') < '0.5 s'`;
    await until(() => server.sql(followed) === '1');
    expect(await pinged(standby, database)).toMatch(
      /^PostgreSQL \d+\.\d+, a standby up to date with its primary,$/,
    );
    expect(await pinged(server, database)).toMatch(/, with 1 standby up to date,$/);

    using there = postgresApp(standby, database);
    const backup = await there.backup();
    expect(backup.outcome).toBe('complete');
    const { obstacles } = await there.plan(backup);
    expect(obstacles).toContain(
      'source "db": this server is a standby, which takes no changes: restore on its primary',
    );
    server.sql('DELETE FROM visit', database);
    const plan = await app.plan(backup);
    expect(plan.obstacles).toEqual([]);
    await app.restore(plan);
    expect(server.sql('SELECT count(*) FROM visit', database)).toBe('3');

    standby.sql('SELECT pg_wal_replay_pause()');
    server.sql('DELETE FROM visit', database);
    await until(async () =>
      /, a standby \d+ s behind its primary,$/.test(await pinged(standby, database)),
    );
    await server.stop('SIGQUIT');
    await until(async () => (await pinged(standby, database)).includes('takes no changes'));
  },
);
