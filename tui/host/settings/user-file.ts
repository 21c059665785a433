import { randomUUID } from 'node:crypto';
import {
  accessSync,
  constants,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  unwatchFile,
  watchFile,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { KedgeError } from '../../../protocol/failures.ts';

/** A file of settings or keys that a person edits, here or elsewhere. */
export interface UserFile {
  readonly path: string;
  /** Empty where there is none. Throws when there is one that can't be read. */
  read(): string;
  write(text: string): void;
  /** Calls back when somebody changed it, until disposed of. */
  watch(onChange: () => void): Disposable;
}

const lookEveryMs = 1_000;

export function userFile(
  environment: Environment,
  name: string,
  everyMs: number = lookEveryMs,
): UserFile {
  const path = userFilePath(environment, name);
  return {
    path,
    read: () => readUserFile(path),
    write: (text) => writeUserFile(path, text),
    watch: (onChange) => watchUserFile(path, everyMs, onChange),
  };
}

/** One that lies nowhere. */
export function memoryFile(text = ''): UserFile {
  let held = text;
  return {
    path: '',
    read: () => held,
    write(next) {
      held = next;
    },
    watch: () => ({ [Symbol.dispose]: () => undefined }),
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** A file of this user's own, beside those of other programs. */
function userFilePath(environment: Environment, name: string): string {
  const folder = environment['XDG_CONFIG_HOME'] || join(homedir(), '.config');
  return join(folder, 'kedge', name);
}

/** Empty where there is none. Throws when there is one that can't be read. */
function readUserFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw failed('read', path, error);
  }
}

/** Whole or not at all, with the folder where it is missing. */
function writeUserFile(path: string, text: string): void {
  try {
    const target = behindLinks(path);
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    refuseProtected(target);
    replaceFile(target, text);
  } catch (error) {
    throw failed('write', path, error);
  }
}

function replaceFile(path: string, text: string): void {
  const beside = `${path}.${randomUUID()}`;
  try {
    writeFileSync(beside, text, { mode: 0o600, flag: 'wx' });
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

const mostLinks = 40;

/** Many keep such files elsewhere and only a link to them here: the link stays, also one to a file that is not there yet. */
function behindLinks(path: string): string {
  let target = path;
  for (let links = 0; links < mostLinks; links++) {
    const next = linkIn(target);
    if (next === undefined) break;
    target = resolve(dirname(target), next);
  }
  return target;
}

/** Undefined: no link. */
function linkIn(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

/** Whoever took the right to write from a file means that it stays; a new one in its place would ask for none. */
function refuseProtected(path: string): void {
  try {
    accessSync(path, constants.W_OK);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
}

// Asked by its state and not by events of the kernel: the file may not be there yet, editors put a
// new one in its place, and home folders lie on network file systems.
function watchUserFile(path: string, everyMs: number, onChange: () => void): Disposable {
  const options = { persistent: false, interval: everyMs };
  watchFile(path, options, onChange);
  return { [Symbol.dispose]: () => unwatchFile(path, onChange) };
}

function failed(operation: 'read' | 'write', path: string, error: unknown): KedgeError {
  const cause = error instanceof Error ? error.message : String(error);
  return new KedgeError('io-failed', { operation, path, cause }, { cause: error });
}
