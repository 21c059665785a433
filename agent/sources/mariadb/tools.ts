import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { productOf } from '../../databases/mariadb/product.ts';
import type { SqlSession } from '../../databases/sql-session.ts';
import { exists } from '../../os/files.ts';
import { runCommand } from '../../os/run-command.ts';
import { isOlder } from './older.ts';
import { isMysql, numberOf } from './sessions.ts';

/** The programs of one version of MariaDB, or of MySQL. */
export interface Tools {
  readonly isMysql: boolean;
  /** "10.11.19". */
  readonly version: string;
  readonly dump: string;
  readonly client: string;
}

interface Names {
  readonly dump: string;
  readonly client: string;
}

/** MariaDB's own, and the names that they had. */
const mariadbNames: Names = { dump: 'mariadb-dump', client: 'mariadb' };
const mysqlNames: Names = { dump: 'mysqldump', client: 'mysql' };
const answerMs = 10_000;

/**
 * The programs for a server: of its own make, and not older. An older one may leave out what it does not know;
 * `path` is for tests. Fails with mariadb-tools-missing, which names the package.
 */
export async function findTools(
  source: string,
  session: SqlSession,
  signal: AbortSignal,
  path = process.env['PATH'] ?? '',
): Promise<Tools> {
  const ofMysql = isMysql(session);
  const names = ofMysql ? [mysqlNames] : [mariadbNames, mysqlNames];
  const needed = numberOf(session.version);
  const older: Tools[] = [];
  for (const folder of path.split(':').filter((each) => each !== '')) {
    for (const name of names) {
      const tools = await toolsIn(folder, name, signal);
      if (tools?.isMysql !== ofMysql) continue;
      if (!isOlder(tools.version, needed)) return tools;
      older.push(tools);
    }
  }
  throw new KedgeError('mariadb-tools-missing', {
    source,
    product: productOf(session),
    tools: ofMysql ? 'mysqldump and mysql' : 'mariadb-dump and mariadb',
    version: needed.split('.').slice(0, 2).join('.'),
    here: older[0] === undefined ? 'there is none here' : `here is ${older[0].version}`,
    package: ofMysql ? 'mysql-client' : 'mariadb-client',
  });
}

async function toolsIn(
  folder: string,
  names: Names,
  signal: AbortSignal,
): Promise<Tools | undefined> {
  const [dump, client] = [join(folder, names.dump), join(folder, names.client)];
  if (!(await exists(dump)) || !(await exists(client))) return undefined;
  const { output } = await runCommand([dump, '--version'], answerMs, signal);
  // "mariadb-dump  Ver 10.19 Distrib 10.11.19-MariaDB, for ...", "mariadb-dump from 11.4.2-MariaDB, client 10.19 for ..."
  const [, version] = /(?:Distrib|from|Ver) (\d+\.\d+\.\d+)/.exec(output) ?? [];
  return version === undefined
    ? undefined
    : { isMysql: !output.includes('MariaDB'), version, dump, client };
}
