import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { watch } from 'chokidar';
import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import type { ConfigProblem } from '../../protocol/methods/config.ts';
import { makeFolder, writeFileAtomic } from '../os/files.ts';
import { inTurn } from '../os/in-turn.ts';
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
  /** The configuration that the text stands for; undefined: it is not valid. */
  parse(text: string): Config | undefined;
  /** Saves valid text, only against the revision that was read ('' where no file is yet). */
  save(text: string, against: string): Promise<string>;
  /** Reads the file again now, as the watcher does by itself. Does not throw: what is wrong is a problem. */
  reload(): Promise<void>;
}

export interface ConfigFileOptions {
  readonly path: string;
  /**
   * Where the last good text is kept: a start that finds the file broken or gone goes on with it, as a
   * daemon that runs does. Without it an interrupted restore could not be settled.
   */
  readonly lastGoodPath: string;
  readonly checks: readonly ConfigCheck[];
  /** A new valid configuration is in force, or the problems of the file changed. */
  readonly onChange: () => void;
  readonly onFault: (text: string) => void;
}

export async function openConfigFile(options: ConfigFileOptions): Promise<ConfigFile> {
  const { path, lastGoodPath, checks } = options;
  const oneAtATime = inTurn();
  let config: Config | undefined;
  let goodText = '';
  let text = '';
  let problems: readonly ConfigProblem[] = [];

  const adopt = (next: string, adopted = false): boolean => {
    const parsed = parseConfig(next, checks, adopted);
    problems = parsed.kind === 'valid' ? [] : parsed.problems;
    if (parsed.kind === 'invalid') return false;
    config = parsed.config;
    goodText = next;
    return true;
  };
  const take = async (next: string): Promise<void> => {
    text = next;
    if (!adopt(next)) {
      if (next.trim() === '') problems = config === undefined ? [] : [gone];
      return;
    }
    await writeFileAtomic(lastGoodPath, next).catch((error: unknown) =>
      options.onFault(wordFailure(failureOf(error)).message),
    );
  };
  const read = async (): Promise<boolean> => {
    const before = JSON.stringify([text, problems]);
    try {
      const next = (await readText(path)) ?? '';
      if (next !== text || problems.length > 0) await take(next);
    } catch (error) {
      problems = [{ line: 1, column: 1, message: wordFailure(failureOf(error)).message }];
    }
    return before !== JSON.stringify([text, problems]);
  };
  const reload = async (): Promise<void> =>
    await oneAtATime(async () => {
      if (await read()) options.onChange();
    });
  const save = async (next: string, against: string): Promise<string> => {
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
    await take(next);
    options.onChange();
    return parsed.revision;
  };

  await makeFolder(dirname(path));
  const kept = await readText(lastGoodPath).catch(() => undefined);
  if (kept !== undefined) adopt(kept, true);
  problems = [];
  await take((await readText(path).catch(() => undefined)) ?? '');
  await read();
  // The folder, not the file: editors replace the file by a rename.
  const watcher = watch(dirname(path), { depth: 0, ignoreInitial: true });
  watcher.on('all', (_event, changed) => {
    if (changed === path) void reload();
  });
  watcher.on('error', (error) => options.onFault(`watching "${dirname(path)}": ${String(error)}`));

  return {
    path,
    inForce: () => config,
    textInForce: () => goodText,
    onDisk: () => ({ text, revision: revisionOf(text), problems }),
    validate(candidate) {
      const parsed = parseConfig(candidate, checks);
      return parsed.kind === 'valid' ? [] : parsed.problems;
    },
    parse(candidate) {
      const parsed = parseConfig(candidate, checks);
      return parsed.kind === 'valid' ? parsed.config : undefined;
    },
    save: async (next, against) => await oneAtATime(async () => await save(next, against)),
    reload,
    [Symbol.asyncDispose]: async () => await watcher.close(),
  };
}

const gone: ConfigProblem = {
  line: 1,
  column: 1,
  message: 'the file is gone or empty; save it again, or write a new one with "kedge init"',
};

async function readText(path: string): Promise<string | undefined> {
  return await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new KedgeError('io-failed', { operation: 'read', path, cause: error.message });
  });
}
