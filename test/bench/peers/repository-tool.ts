import { cpSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasProgram, type ProgramRun, runProgram, shell } from '../measure/run-program.ts';

const mebibyte = 1024 * 1024;

/** A backup program that keeps its backups in a repository: how it is called. */
export interface RepositoryTool {
  readonly name: string;
  environment(repository: string): Readonly<Record<string, string>>;
  init(repository: string): readonly string[];
  /** `backup` is the name of what is made. */
  create(repository: string, backup: string, folder: string): readonly string[];
  /** Into the folder `$PWD`. */
  restore(repository: string, backup: string): readonly string[];
}

/** It always encrypts. */
const restic: RepositoryTool = {
  name: 'restic',
  environment: (repository) => ({
    RESTIC_PASSWORD: 'bench',
    RESTIC_REPOSITORY: repository,
    RESTIC_CACHE_DIR: cacheOf(repository),
  }),
  init: () => ['restic', 'init', '--repository-version', '2'],
  create: (_repository, backup, folder) => ['restic', 'backup', '-q', '--tag', backup, folder],
  restore: (_repository, backup) => [
    ...['restic', 'restore', '-q', '--tag', backup],
    ...['--target', '.', 'latest'],
  ],
};

/** Without encryption. */
const borg: RepositoryTool = {
  name: 'borg',
  environment: (repository) => ({
    BORG_BASE_DIR: cacheOf(repository),
    // Copies of one repository stand for each other here.
    BORG_RELOCATED_REPO_ACCESS_IS_OK: 'yes',
    BORG_UNKNOWN_UNENCRYPTED_REPO_ACCESS_IS_OK: 'yes',
  }),
  init: (repository) => ['borg', 'init', '-e', 'none', repository],
  create: (repository, backup, folder) => [
    ...['borg', 'create', '--compression', 'zstd,3'],
    ...[`${repository}::${backup}`, folder],
  ],
  restore: (repository, backup) => ['borg', 'extract', `${repository}::${backup}`],
};

export const repositoryTools: readonly RepositoryTool[] = [restic, borg];

/** Those that are on this machine, by name; the others' names with nothing. */
export function installedTools(): ReadonlyMap<string, RepositoryTool | undefined> {
  return new Map(
    repositoryTools.map((tool) => [tool.name, hasProgram(tool.name) ? tool : undefined]),
  );
}

/** A repository in use: in `<folder>/<tool>`, its cache beside it. */
export class Repository implements Disposable {
  readonly #tool: RepositoryTool;
  readonly #path: string;
  readonly #signal: AbortSignal;

  private constructor(tool: RepositoryTool, path: string, signal: AbortSignal) {
    this.#tool = tool;
    this.#path = path;
    this.#signal = signal;
  }

  static async create(
    tool: RepositoryTool,
    folder: string,
    signal: AbortSignal,
  ): Promise<Repository> {
    const repository = new Repository(tool, join(folder, tool.name), signal);
    mkdirSync(folder, { recursive: true });
    await repository.#run(tool.init(repository.#path));
    return repository;
  }

  /** As it is now, under another folder: what is done to the copy leaves this one alone. */
  copyTo(folder: string): Repository {
    const copy = new Repository(this.#tool, join(folder, this.#tool.name), this.#signal);
    mkdirSync(folder, { recursive: true });
    for (const place of [(path: string) => path, cacheOf]) {
      cpSync(place(this.#path), place(copy.#path), { recursive: true, preserveTimestamps: true });
    }
    return copy;
  }

  /** On the disk when it returns, as Kedge's archive is. */
  async backUp(name: string, data: string): Promise<ProgramRun> {
    return await this.#run(this.#tool.create(this.#path, name, data), dirname(this.#path));
  }

  async restore(name: string, to: string): Promise<ProgramRun> {
    const script = 'cd "$1" && shift && "$@" && sync -f .';
    return await this.#run(shell(script, to, ...this.#tool.restore(this.#path, name)));
  }

  mebibytes(): number {
    return bytesIn(this.#path) / mebibyte;
  }

  [Symbol.dispose](): void {
    for (const path of [this.#path, cacheOf(this.#path)]) {
      rmSync(path, { recursive: true, force: true });
    }
  }

  async #run(argv: readonly string[], synced?: string): Promise<ProgramRun> {
    const environment = this.#tool.environment(this.#path);
    const script = 'place=$1 && shift && "$@" && sync -f "$place"';
    const command = synced === undefined ? argv : shell(script, synced, ...argv);
    // Borg answers 1 for a warning, such as a file that changed while it was read.
    const allowed = this.#tool.name === 'borg' ? [0, 1] : [0];
    return await runProgram(command, { signal: this.#signal, environment, allowed });
  }
}

function cacheOf(repository: string): string {
  return `${repository}.cache`;
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
