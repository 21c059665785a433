import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from '../bench.ts';
import type { ApplicationData } from '../data/application-data.ts';
import { runProgram } from '../measure/run-program.ts';
import type { Attempt } from './full.ts';

const mebibyte = 1024 * 1024;

/** Into a fresh repository; restic always encrypts. */
export async function backUpByRestic(bench: Bench, data: ApplicationData): Promise<Attempt> {
  return await intoRepository(bench, 'restic', (repository) => ({
    environment: {
      RESTIC_PASSWORD: 'bench',
      RESTIC_REPOSITORY: repository,
      RESTIC_CACHE_DIR: `${repository}.cache`,
    },
    init: ['restic', 'init', '--repository-version', '2'],
    create: ['restic', 'backup', '--quiet', data.folder],
  }));
}

/** Into a fresh repository, without encryption. */
export async function backUpByBorg(bench: Bench, data: ApplicationData): Promise<Attempt> {
  return await intoRepository(bench, 'borg', (repository) => ({
    environment: { BORG_BASE_DIR: `${repository}.cache` },
    init: ['borg', 'init', '-e', 'none', repository],
    create: ['borg', 'create', '--compression', 'zstd,3', `${repository}::one`, data.folder],
  }));
}

interface Commands {
  readonly environment: Readonly<Record<string, string>>;
  readonly init: readonly string[];
  readonly create: readonly string[];
}

async function intoRepository(
  { folder, signal }: Bench,
  name: string,
  commandsFor: (repository: string) => Commands,
): Promise<Attempt> {
  const repository = join(folder, name);
  const { environment, init, create } = commandsFor(repository);
  await runProgram(init, { signal, environment });
  const run = await runProgram(create, { signal, environment });
  const sizeMebibytes = bytesIn(repository) / mebibyte;
  for (const path of [repository, `${repository}.cache`])
    rmSync(path, { recursive: true, force: true });
  return { ...run, sizeMebibytes };
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
