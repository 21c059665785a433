import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';
import { exists } from '../../os/files.ts';
import { runCommand } from '../../os/run-command.ts';

/** The programs of one version of PostgreSQL. */
export interface Tools {
  readonly major: number;
  /** "15.18". */
  readonly version: string;
  pathOf(tool: 'pg_dump' | 'pg_dumpall' | 'pg_restore'): string;
}

/** Where Debian keeps them, a folder for each version, out of the PATH. */
const versionsFolder = '/usr/lib/postgresql';
const answerMs = 10_000;

/**
 * The programs for a server: of its own version, else of a newer one. An older one refuses the server; `pgFolder` is for
 * tests. Fails with postgres-tools-missing, which names the package.
 */
export async function findTools(
  source: string,
  serverMajor: number,
  signal: AbortSignal,
  pgFolder = versionsFolder,
): Promise<Tools> {
  const found: Tools[] = [];
  for (const folder of await candidates(serverMajor, pgFolder, signal)) {
    const tools = await toolsIn(folder, signal);
    if (tools === undefined) continue;
    if (tools.major >= serverMajor) return tools;
    found.push(tools);
  }
  const best = found.toSorted((a, b) => b.major - a.major)[0];
  const here = best === undefined ? 'there is none here' : `here is ${best.version}`;
  throw new KedgeError('postgres-tools-missing', { source, major: serverMajor, here });
}

async function candidates(
  serverMajor: number,
  pgFolder: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const installed = (await readdir(pgFolder).catch(() => []))
    .map(Number)
    .filter((version) => version >= serverMajor)
    .toSorted((a, b) => a - b)
    .map((version) => join(pgFolder, String(version), 'bin'));
  const { output, problem } = await runCommand(['pg_config', '--bindir'], answerMs, signal);
  const built = problem === undefined && output.startsWith('/') ? [output] : [];
  const onPath = (process.env['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  return [...installed, ...built, ...onPath];
}

async function toolsIn(folder: string, signal: AbortSignal): Promise<Tools | undefined> {
  const pathOf: Tools['pathOf'] = (tool) => join(folder, tool);
  if (!(await exists(pathOf('pg_dump'))) || !(await exists(pathOf('pg_restore')))) return undefined;
  const { output } = await runCommand([pathOf('pg_dump'), '--version'], answerMs, signal);
  // "pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"
  const [, version] = /\(PostgreSQL\) ([0-9][^ ]*)/.exec(output) ?? [];
  return version === undefined
    ? undefined
    : { major: Number.parseInt(version, 10), version, pathOf };
}

/** An older pg_restore does not read what a newer pg_dump wrote. */
export function readerMajor(
  { version }: { readonly version: string },
  { tools }: { readonly tools: string },
): number {
  return Math.max(majorOf(version), majorOf(tools));
}

/** What a newer pg_dump makes may have words that an older server does not know; undefined: they fit. */
export function newerTools(
  source: string,
  { version, major }: Tools,
  serverMajor: number,
): string | undefined {
  if (major <= serverMajor) return undefined;
  return `source "${source}": pg_dump here is ${version} and the server ${serverMajor}: whether what it makes comes back into that server only a drill or a restore shows; to be sure, install postgresql-client-${serverMajor}`;
}

/** "15.18 (Debian ...)" */
export function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}
