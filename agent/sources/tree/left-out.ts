import picomatch from 'picomatch';
import type { LeftOut } from './walk.ts';

/**
 * Paths that one of the glob patterns matches; patterns are relative to the root, `**` enters folders, and
 * names that begin with a dot are names like others. `posix`: or `[!a]` would be read as `[!]` and `a`.
 */
export function leftOutBy(patterns: readonly string[]): LeftOut {
  if (patterns.length === 0) return () => false;
  const matches = picomatch([...patterns], { dot: true, flags: 's', posix: true });
  return (relative) => matches(relative.toString('utf8'));
}
