import { join } from 'node:path';
import { test } from 'vitest';
import { MariadbServerSettings } from '../../agent/sources/mariadb-server/settings.ts';
import { DatabaseFixture } from './database-fixture.ts';
import type { TestMariadb } from './private-mariadb.ts';
import { testWith } from './require-tool.ts';

/** `test` for what needs a MariaDB server of the test's own, and the program that copies it. */
export const testWithMariadbServer: typeof test | typeof test.skip = testWith(
  'mariadbd',
  'mariadb-install-db',
  'mariadb',
  'mariadb-backup',
);
export const hasMariadbServer = testWithMariadbServer === test;

export const dataOf = ({ folder }: Pick<TestMariadb, 'folder'>): string => join(folder, 'data');

/** An application whose one source, "db", is a whole server; its service "server" really stops and starts it. */
export function wholeServerApp(
  server: TestMariadb,
  changes: Partial<MariadbServerSettings> = {},
): DatabaseFixture {
  const reached = { socket: server.socket, user: 'root' };
  const asMariadb = { engine: 'mariadb', ...reached };
  const app = new DatabaseFixture({
    server,
    source: { ...asMariadb, database: 'zoo' },
    service: { ...asMariadb, name: 'zoo' },
  });
  const whole = { engine: 'mariadb-server', data: dataOf(server), ...reached, ...changes };
  app.config = { ...app.config, sources: { db: MariadbServerSettings.parse(whole) } };
  const { services } = app;
  const [stop, start] = [services.stop.bind(services), services.start.bind(services)];
  services.stop = async (id) => {
    await stop(id);
    if (id === 'server') await server.stop('SIGTERM');
  };
  services.start = async (id) => {
    await start(id);
    if (id === 'server') await server.start();
  };
  return app;
}
