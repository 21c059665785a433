import { matchesGlob } from 'node:path';
import type { LeftOut } from './walk.ts';

/** Paths that one of the glob patterns matches; patterns are relative to the root, `**` enters folders. */
export function leftOutBy(patterns: readonly string[]): LeftOut {
  if (patterns.length === 0) return () => false;
  return (relative) => {
    const path = relative.toString('utf8');
    return patterns.some((pattern) => matchesGlob(path, pattern));
  };
}
