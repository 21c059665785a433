import { join } from 'node:path';
import { test } from 'vitest';
import {
  makeCertificate,
  type PrivateServer,
  runAs,
  ServerChild,
  serverFolder,
} from './private-server.ts';
import { testWith } from './require-tool.ts';
import { freePort } from './service-fixture.ts';

/** `test` for what needs a MariaDB server of the test's own. */
export const testWithMariadb: typeof test | typeof test.skip = testWith(
  'mariadbd',
  'mariadb-install-db',
  'mariadb',
);
export const hasMariadb = testWithMariadb === test;

export interface TestMariadb extends PrivateServer {
  /** As `root`. */
  sql(text: string): string;
}

export async function startMariadb(): Promise<TestMariadb> {
  const folder = serverFolder('my');
  const [data, socket] = [join(folder, 'data'), join(folder, 'my.sock')];
  const port = await freePort();
  const { certificate, key } = makeCertificate(folder);
  runAs(folder, [
    'mariadb-install-db',
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--skip-name-resolve',
    '--innodb-log-file-size=8M',
    '--innodb-flush-log-at-trx-commit=0',
  ]);
  const argv = [
    'mariadbd',
    '--no-defaults',
    `--datadir=${data}`,
    `--socket=${socket}`,
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    `--pid-file=${join(folder, 'my.pid')}`,
    '--skip-name-resolve',
    '--skip-log-bin',
    '--innodb-log-file-size=8M',
    '--innodb-buffer-pool-size=16M',
    '--innodb-flush-log-at-trx-commit=0',
    '--plugin-maturity=unknown',
    `--ssl-cert=${certificate}`,
    `--ssl-key=${key}`,
  ];
  const child = new ServerChild(folder, argv, 'ready for connections');
  await child.start();
  return {
    folder,
    port,
    socket,
    certificate,
    start: async () => await child.start(),
    stop: async (signal) => await child.stop(signal),
    sql: (text) =>
      runAs(
        folder,
        [
          'mariadb',
          '--no-defaults',
          `--socket=${socket}`,
          '-u',
          'root',
          '--batch',
          '--skip-column-names',
        ],
        text,
      ).trim(),
    [Symbol.asyncDispose]: async () => await child.end(),
  };
}
