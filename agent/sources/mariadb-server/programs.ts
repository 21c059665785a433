import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { product } from '../../databases/mariadb/open-session.ts';
import { exists } from '../../os/files.ts';
import { runCommand } from '../../os/run-command.ts';

export interface Program {
  readonly path: string;
  /** "10.11.19". */
  readonly version: string;
}

/** What a program must be. */
export interface Wanted {
  readonly source: string;
  /** "10.11.19". */
  readonly version: string;
}

const answerMs = 10_000;
/** Of no account's PATH but root's. */
const systemFolders = ['/usr/sbin', '/usr/local/sbin', '/sbin'];

/** The program that copies a server: of exactly its version, as MariaDB asks for. */
export async function findBackupProgram(wanted: Wanted, signal: AbortSignal): Promise<Program> {
  const found = await find(['mariadb-backup', 'mariabackup'], signal);
  const exact = found.find(({ version }) => version === wanted.version);
  if (exact !== undefined) return exact;
  throw missing('mariadb-backup', 'mariadb-backup', wanted, found[0]);
}

/** The server program of the same series: data files of another one are not to be started on. */
export async function findServerProgram(wanted: Wanted, signal: AbortSignal): Promise<Program> {
  const found = await find(['mariadbd', 'mysqld'], signal);
  const same = found.find(({ version }) => seriesOf(version) === seriesOf(wanted.version));
  if (same !== undefined) return same;
  const version = seriesOf(wanted.version);
  throw missing('mariadbd', 'mariadb-server', { ...wanted, version }, found[0]);
}

/** "10.11" */
export function seriesOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

function missing(
  program: string,
  name: string,
  { source, version }: Wanted,
  other: Program | undefined,
): KedgeError {
  const here = other === undefined ? 'there is none here' : `here is ${other.version}`;
  return new KedgeError('server-program-missing', {
    source,
    program,
    product,
    version,
    here,
    package: name,
  });
}

async function find(names: readonly string[], signal: AbortSignal): Promise<readonly Program[]> {
  const folders = (process.env['PATH'] ?? '').split(':').filter((each) => each !== '');
  const found: Program[] = [];
  for (const folder of new Set([...folders, ...systemFolders])) {
    for (const name of names) {
      const path = join(folder, name);
      if (!(await exists(path))) continue;
      const { output } = await runCommand([path, '--no-defaults', '--version'], answerMs, signal);
      // "mariadb-backup based on MariaDB server 10.11.19-MariaDB", "mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for"
      const [, version] = /(?:server|Ver|from) (\d+\.\d+\.\d+)-MariaDB/.exec(output) ?? [];
      if (version !== undefined) found.push({ path, version });
    }
  }
  return found;
}
