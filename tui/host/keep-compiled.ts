import { mkdirSync, statSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Keeps what is compiled once for the next start, which takes a fifth less then; without it nothing but time is lost. */
export function keepCompiled(environment: Environment): void {
  try {
    const folder = compiledFolder(environment, homedir(), process.geteuid?.());
    if (folder === undefined) return;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    enableCompileCache(folder);
  } catch {
    // A home that is missing, read only or full.
  }
}

/**
 * In the user's cache; undefined: somebody else could write there, as where sudo leaves HOME as it was.
 * What is kept is run later, so it must be as safe as the program.
 */
export function compiledFolder(
  environment: Environment,
  home: string,
  user: number | undefined,
): string | undefined {
  const cache = environment['XDG_CACHE_HOME'] || join(home, '.cache');
  const isOwn = [environment['XDG_CACHE_HOME'] || home, cache].every((path) => {
    const found = statSync(path, { throwIfNoEntry: false });
    return found === undefined ? path === cache : found.uid === user && (found.mode & 0o022) === 0;
  });
  return isOwn ? join(cache, 'kedge') : undefined;
}
