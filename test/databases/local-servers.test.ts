import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Config } from '../../agent/config/config.ts';
import { findLocalMariadb } from '../../agent/databases/mariadb/local-mariadb.ts';
import { findLocalPostgres } from '../../agent/databases/postgres/local-postgres.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** What is printed, put into a configuration as an administrator would. */
function asConfig({ whole, service }: { whole?: { source: string }; service?: string }): Config {
  const sources = `"sources": {${whole?.source}}`;
  const services = `"services": {${service ?? ''}}`;
  return Config.parse(
    JSON.parse(`{"application": {"id": "a", "name": "A"}, "stores": {}, ${sources}, ${services}}`),
  );
}

test('a PostgreSQL of Debian is named with its data folder and its unit, also as a whole', async () => {
  using folder = tempFolder();
  const cluster = join(folder.path, 'clusters/15/main');
  mkdirSync(cluster, { recursive: true });
  const text = `data_directory = '/srv/pg/main'\t# use data in another directory\nport = 5433\n`;
  writeFileSync(join(cluster, 'postgresql.conf'), text);
  writeFileSync(join(folder.path, '.s.PGSQL.5433'), '');
  const [found] = await findLocalPostgres('kedge', folder.path, join(folder.path, 'clusters'));
  const { sources, services } = asConfig(found ?? {});
  const socket = join(folder.path, '.s.PGSQL.5433');
  expect(sources).toMatchObject({
    server: { engine: 'postgres-server', data: '/srv/pg/main', socket, user: 'kedge' },
  });
  expect(services).toMatchObject({ database: { unit: 'postgresql@15-main.service' } });
  expect(found?.whole?.sql.join('\n')).toContain('LOGIN REPLICATION');
});

test('a MariaDB is offered as a whole too, MySQL is not', () => {
  const [found] = findLocalMariadb('kedge', [import.meta.filename], false);
  expect(asConfig(found ?? {}).sources).toMatchObject({
    server: { engine: 'mariadb-server', data: '/var/lib/mysql', user: 'kedge' },
  });
  expect(found?.sql.join('\n')).not.toContain('RELOAD');
  expect(findLocalMariadb('kedge', [import.meta.filename], true)[0]?.whole).toBeUndefined();
});
