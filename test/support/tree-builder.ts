import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';

/** Repeatable: the same seed makes the same tree. */
export class TreeBuilder {
  readonly files: Buffer[] = [];
  readonly folders: Buffer[] = [];
  /** Links and pipes. */
  readonly others: Buffer[] = [];
  readonly root: string;
  #state: number;

  constructor(root: string, seed: number) {
    this.root = root;
    this.#state = seed >>> 0;
  }

  random(below: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * below);
  }

  any<T>(of: readonly T[]): T {
    const found = of[this.random(of.length)];
    if (found === undefined) throw new Error('nothing to choose from');
    return found;
  }

  bytes(size: number): Buffer {
    const bytes = Buffer.alloc(size);
    for (let at = 0; at < size; at += 7) bytes[at] = this.random(256);
    return bytes;
  }

  at(relative: string | Buffer): Buffer {
    return join(this.root, relative);
  }

  /** With its folders made. */
  path(relative: Buffer): Buffer {
    const parent = relative.lastIndexOf('/');
    if (parent > 0) this.folder(relative.subarray(0, parent));
    return this.at(relative);
  }

  folder(relative: Buffer): void {
    const path = this.path(relative);
    if (fs.existsSync(path)) return;
    fs.mkdirSync(path);
    this.folders.push(path);
  }

  file(relative: Buffer, content: Buffer): void {
    const path = this.path(relative);
    fs.writeFileSync(path, content);
    this.files.push(path);
  }

  symlink(relative: Buffer, target: Buffer): void {
    const path = this.path(relative);
    fs.symlinkSync(target, path);
    this.others.push(path);
  }

  sparse(relative: Buffer, size: number, places: readonly number[]): void {
    const path = this.path(relative);
    const file = fs.openSync(path, 'wx');
    fs.ftruncateSync(file, size);
    for (const place of places) fs.writeSync(file, 'x', place);
    fs.closeSync(file);
    this.files.push(path);
  }
}

export function join(...parts: readonly (string | Buffer)[]): Buffer {
  return Buffer.concat(
    parts.flatMap((part, at) => [...(at > 0 ? [Buffer.from('/')] : []), Buffer.from(part)]),
  );
}

/** Names of files go through xargs: arguments of Node can't hold what is not UTF-8. */
export function onPaths(paths: readonly Buffer[], ...argv: readonly string[]): void {
  const input = Buffer.concat(paths.flatMap((path) => [path, Buffer.alloc(1)]));
  execFileSync('xargs', ['-0', '-r', ...argv], { input, stdio: ['pipe', 'pipe', 'inherit'] });
}

export function setAttribute(paths: readonly Buffer[], name: string, value: Buffer): void {
  onPaths(paths, 'setfattr', '-h', '-n', name, '-v', `0x${value.toString('hex')}`, '--');
}
