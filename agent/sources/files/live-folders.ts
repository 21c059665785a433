import { type BigIntStats, lstatSync } from 'node:fs';
import { errorCode } from '../../os/error-code.ts';

/**
 * Looks at what is live below a root and never through a symlink: what such a link leads to is no part of
 * the source, so below it nothing is there.
 */
export class LiveFolders {
  readonly #root: Buffer;
  readonly #real = new Map<string, boolean>();

  constructor(root: string) {
    this.#root = Buffer.from(root);
  }

  /** Undefined: nothing is there, or it is not reached by folders alone. */
  entry(relative: Buffer): { readonly path: Buffer; readonly stat: BigIntStats } | undefined {
    if (relative.length > 0 && !this.#isFolder(parentOf(relative))) return undefined;
    const path = this.pathOf(relative);
    const stat = statOf(path);
    return stat === undefined ? undefined : { path, stat };
  }

  /** Of these paths (latin1), those that lie on another file system: nothing can be renamed to there. */
  problems(keys: readonly string[]): readonly string[] {
    const device = statOf(this.#root)?.dev;
    if (device === undefined) return [];
    const mounts = keys.filter((key) => {
      const found = this.entry(Buffer.from(key, 'latin1'));
      return found?.stat.isDirectory() === true && found.stat.dev !== device;
    });
    return mounts.map((key) => {
      const path = this.pathOf(Buffer.from(key, 'latin1')).toString();
      return `"${path}" is a mount point, into which nothing can be moved`;
    });
  }

  pathOf(relative: Buffer): Buffer {
    return relative.length === 0
      ? this.#root
      : Buffer.concat([this.#root, Buffer.from('/'), relative]);
  }

  #isFolder(relative: Buffer): boolean {
    const key = relative.toString('latin1');
    const known = this.#real.get(key);
    if (known !== undefined) return known;
    const isIn = relative.length === 0 || this.#isFolder(parentOf(relative));
    const found = isIn && statOf(this.pathOf(relative))?.isDirectory() === true;
    this.#real.set(key, found);
    return found;
  }
}

/** Undefined where nothing is, or can be. */
export function statOf(path: Buffer | string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** The empty path of what lies in the root. */
export function parentOf(relative: Buffer): Buffer {
  return relative.subarray(0, Math.max(relative.lastIndexOf('/'), 0));
}
