import { join } from 'node:path';
import { PostgresServerSettings } from '../../agent/sources/postgres-server/settings.ts';
import type { DatabaseFixture } from './database-fixture.ts';
import { postgresApp } from './postgres-app.ts';
import type { TestPostgres } from './private-postgres.ts';

export const dataOf = ({ folder }: Pick<TestPostgres, 'folder'>): string => join(folder, 'data');

/** An application whose one source, "db", is a whole server; its service "server" really stops and starts it. */
export function wholePostgresApp(
  server: TestPostgres,
  changes: Partial<PostgresServerSettings> = {},
): DatabaseFixture {
  const app = postgresApp(server, 'postgres');
  const { socket } = server;
  const whole = { engine: 'postgres-server', data: dataOf(server), socket, user: 'postgres' };
  app.config = {
    ...app.config,
    sources: { db: PostgresServerSettings.parse({ ...whole, ...changes }) },
  };
  const { services } = app;
  const [stop, start] = [services.stop.bind(services), services.start.bind(services)];
  services.stop = async (id) => {
    await stop(id);
    if (id === 'server') await server.stop('SIGINT');
  };
  services.start = async (id) => {
    await start(id);
    if (id === 'server') await server.restart();
  };
  return app;
}
