import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { watch } from 'chokidar';
import { KedgeError } from '../../protocol/failures.ts';
import type { ConfigProblem } from '../../protocol/methods/config.ts';
import { makeFolder, writeFileAtomic } from '../os/files.ts';
import type { Config } from './config.ts';
import { type ConfigCheck, parseConfig, revisionOf } from './parse-config.ts';

/** kedge.jsonc as it is in force and as it stands on disk. */
export interface ConfigFile extends AsyncDisposable {
  readonly path: string;
  /** The last good configuration; undefined where there was none yet. */
  inForce(): Config | undefined;
  /** The text in force, kept in every archive. */
  textInForce(): string;
  /** The text on disk, and what is wrong with it. */
  onDisk(): { text: string; revision: string; problems: readonly ConfigProblem[] };
  validate(text: string): readonly ConfigProblem[];
  /** Saves valid text, only against the revision that was read ('' where no file is yet). */
  save(text: string, against: string): Promise<string>;
  /** Reads the file again now, as the watcher does by itself. */
  reload(): Promise<void>;
}

export interface ConfigFileOptions {
  readonly path: string;
  readonly checks: readonly ConfigCheck[];
  /** A new valid configuration is in force, or the problems of the file changed. */
  readonly onChange: () => void;
}

export async function openConfigFile(options: ConfigFileOptions): Promise<ConfigFile> {
  const { path, checks } = options;
  let config: Config | undefined;
  let goodText = '';
  let text = '';
  let problems: readonly ConfigProblem[] = [];

  const take = (next: string): void => {
    text = next;
    const parsed = parseConfig(next, checks);
    if (parsed.kind === 'valid') {
      config = parsed.config;
      goodText = next;
      problems = [];
    } else problems = parsed.problems;
  };
  const reload = async (): Promise<void> => {
    const next = await readText(path);
    if (next === undefined || next === text) return;
    take(next);
    options.onChange();
  };

  await makeFolder(dirname(path));
  take((await readText(path)) ?? '');
  // The folder, not the file: editors replace the file by a rename.
  const watcher = watch(dirname(path), { depth: 0, ignoreInitial: true });
  watcher.on('all', (_event, changed) => {
    if (changed === path) void reload();
  });

  return {
    path,
    inForce: () => config,
    textInForce: () => goodText,
    onDisk: () => ({ text, revision: revisionOf(text), problems: text === '' ? [] : problems }),
    validate(candidate) {
      const parsed = parseConfig(candidate, checks);
      return parsed.kind === 'valid' ? [] : parsed.problems;
    },
    async save(next, against) {
      const current = (await readText(path)) ?? '';
      const expected = against === '' ? revisionOf('') : against;
      if (revisionOf(current) !== expected) throw new KedgeError('config-changed');
      const parsed = parseConfig(next, checks);
      if (parsed.kind === 'invalid') {
        const [first] = parsed.problems;
        const where = first === undefined ? '' : `line ${first.line}: ${first.message}`;
        throw new KedgeError('config-invalid', { path, problem: where });
      }
      await writeFileAtomic(path, next, 0o640);
      take(next);
      options.onChange();
      return parsed.revision;
    },
    reload,
    [Symbol.asyncDispose]: async () => await watcher.close(),
  };
}

async function readText(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new KedgeError('io-failed', { operation: 'read', path, cause: error.message });
  });
}
