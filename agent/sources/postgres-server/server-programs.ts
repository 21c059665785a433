import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { exists } from '../../os/files.ts';
import { runCommand } from '../../os/run-command.ts';
import { product } from './sessions.ts';

/** Where Debian keeps them, out of the PATH. */
const versionsFolder = '/usr/lib/postgresql';
const answerMs = 10_000;

/**
 * The folder with the programs of exactly this version: another one does not start on a data folder. `pgFolder` is for
 * tests. Fails with server-program-missing, which names the package.
 */
export async function findServerPrograms(
  source: string,
  major: number,
  signal: AbortSignal,
  pgFolder = versionsFolder,
): Promise<string> {
  const found: string[] = [];
  for (const folder of await candidates(major, pgFolder, signal)) {
    const program = join(folder, 'postgres');
    if (!(await exists(program))) continue;
    const { output } = await runCommand([program, '--version'], answerMs, signal);
    // "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
    const [, version = ''] = /\(PostgreSQL\) ([0-9][^ ]*)/.exec(output) ?? [];
    if (Number.parseInt(version, 10) === major) return folder;
    if (version !== '') found.push(version);
  }
  const here = found[0] === undefined ? 'there is none here' : `here is ${found.join(', ')}`;
  const needed = { program: 'the server program', product, version: String(major) };
  throw new KedgeError('server-program-missing', {
    source,
    ...needed,
    here,
    package: `postgresql-${major}`,
  });
}

async function candidates(
  major: number,
  pgFolder: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { output, problem } = await runCommand(['pg_config', '--bindir'], answerMs, signal);
  const built = problem === undefined && output.startsWith('/') ? [output] : [];
  const onPath = (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  return [join(pgFolder, String(major), 'bin'), ...built, ...onPath];
}
