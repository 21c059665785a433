import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  makeCertificate,
  type PrivateServer,
  runAs,
  ServerChild,
  serverFolder,
} from './private-server.ts';
import { serverPort } from './server-port.ts';

export interface TestMariadb extends PrivateServer {
  /** As `root`. */
  sql(text: string): string;
  /** All that a client could find in a database. */
  dump(database: string): string;
  /** Those of this name and beside it; times and jobs of names left out. */
  databases(name: string): readonly string[];
  pid(): number;
}

const utf8 = '--default-character-set=utf8mb4';
const wholeDump = ['--routines', '--events', '--triggers', '--dump-history', '--skip-dump-date'];

/** `more`: arguments of the server beyond the usual ones. */
export async function startMariadb(more: readonly string[] = []): Promise<TestMariadb> {
  const folder = serverFolder('my');
  const [data, socket] = [join(folder, 'data'), join(folder, 'my.sock')];
  const port = await serverPort();
  const { certificate, key } = makeCertificate(folder);
  runAs(folder, [
    'mariadb-install-db',
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    // Two at once remove each other's in the folder of all.
    `--tmpdir=${folder}`,
    '--skip-name-resolve',
    '--innodb-log-file-size=8M',
    '--innodb-flush-log-at-trx-commit=0',
  ]);
  const argv = [
    'mariadbd',
    '--no-defaults',
    `--datadir=${data}`,
    // One that starts removes what others have for a moment in the folder of all.
    `--tmpdir=${folder}`,
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
    ...more,
  ];
  const run = (program: string, args: readonly string[], input = ''): string =>
    runAs(folder, [program, '--no-defaults', `--socket=${socket}`, '-u', 'root', ...args], input);
  const sql = (text: string): string =>
    run(
      'mariadb',
      ['--batch', '--skip-column-names', '--init-command=SET autocommit = 1', utf8],
      text,
    ).trim();
  const child = new ServerChild(folder, argv, 'ready for connections');
  await child.start();
  return {
    folder,
    port,
    socket,
    certificate,
    start: async () => await child.start(),
    stop: async (signal) => await child.stop(signal),
    sql,
    dump: (database) =>
      run('mariadb-dump', [...wholeDump, '--databases', database]).replaceAll(
        /^(?:-- |\/\*M!999999).*$/gm,
        '',
      ),
    databases: (name) =>
      sql('SHOW DATABASES')
        .split('\n')
        .filter((each) => each === name || each.startsWith(`${name}__kedge`))
        .map((each) => each.replace(/(__kedge_\w+)_\d+$/, '$1_N')),
    pid: () => Number(readFileSync(join(folder, 'my.pid'), 'utf8')),
    [Symbol.asyncDispose]: async () => await child.end(),
  };
}
