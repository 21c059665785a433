import { lstatSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Gap } from '../../../protocol/domain/backup.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import { errorCode, errorMessage } from '../../os/error-code.ts';
import { probeReadable } from '../../os/probe.ts';
import type { Tree } from '../tree/measure-trees.ts';
import { readProblem } from '../tree/read-problem.ts';

export interface SettingsPaths {
  readonly trees: readonly Tree[];
  readonly gaps: readonly Gap[];
}

/** Of a gap: a restore takes away what was not there then, and only that. */
export const missingReason = 'it does not exist';

/** The paths that are there, and gaps for the others; fails where none is. */
export function openSettingsPaths(source: string, paths: readonly string[]): SettingsPaths {
  const found = new Set<string>();
  const gaps: Gap[] = [];
  let failure: { readonly path: string; readonly error: unknown } | undefined;
  for (const path of paths) {
    try {
      for (const real of withTarget(resolve(path))) found.add(real);
    } catch (error) {
      failure ??= { path, error };
      gaps.push({ kind: 'file', source, path: path.slice(1), reason: readingProblem(error) });
    }
  }
  if (found.size === 0 && failure !== undefined) throw noneFound(source, failure);
  const trees = [...found].map((path) => ({
    root: Buffer.from(path),
    name: Buffer.from(`${source}${path}`),
  }));
  return { trees, gaps };
}

/** A link is kept as a link, and what it leads to beside it under its own path. */
function withTarget(path: string): readonly string[] {
  const isLink = lstatSync(path).isSymbolicLink();
  const target = isLink ? realpathSync(path) : path;
  const found = statSync(target);
  if (found.isFile() || found.isDirectory()) probeReadable(target);
  return isLink ? [path, target] : [path];
}

function readingProblem(error: unknown): string {
  return errorCode(error) === 'ENOENT' ? missingReason : readProblem(error);
}

function noneFound(
  source: string,
  { path, error }: { readonly path: string; readonly error: unknown },
): KedgeError {
  return errorCode(error) === 'ENOENT'
    ? new KedgeError('source-missing', { source, path }, { cause: error })
    : new KedgeError(
        'source-unreadable',
        { source, path, cause: errorMessage(error) },
        { cause: error },
      );
}
