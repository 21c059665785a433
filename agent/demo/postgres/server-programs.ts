import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { exists } from '../../os/files.ts';
import { runCommand } from '../../os/run-command.ts';

/** Where Debian keeps them, a folder for each version, out of the PATH. */
const versionsFolder = '/usr/lib/postgresql';
const needed = ['initdb', 'postgres', 'pg_ctl', 'pg_dump', 'pg_restore'];
const answerMs = 10_000;

/** The folder with the programs of a PostgreSQL server, the newest one; unavailable where there is none. */
export async function findServerPrograms(
  signal: AbortSignal,
  debian = versionsFolder,
): Promise<string> {
  for (const folder of await candidates(debian, signal)) {
    const found = await Promise.all(needed.map(async (name) => await exists(join(folder, name))));
    if (found.every(Boolean)) return folder;
  }
  const why = `the programs of a PostgreSQL server are not on this machine (${needed.join(', ')}); install its package "postgresql", or start the demo without --postgres`;
  throw new KedgeError('unavailable', { what: 'the demo with PostgreSQL', why });
}

async function candidates(debian: string, signal: AbortSignal): Promise<readonly string[]> {
  const installed = (await readdir(debian).catch(() => []))
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(debian, version, 'bin'));
  const { output, problem } = await runCommand(['pg_config', '--bindir'], answerMs, signal);
  const built = problem === undefined && output.startsWith('/') ? [output] : [];
  const onPath = (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  return [...installed, ...built, ...onPath];
}
