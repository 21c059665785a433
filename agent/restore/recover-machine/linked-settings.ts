import { dirname, resolve } from 'node:path';
import type { SourceSettings } from '../../config/config.ts';
import { restoreOf } from '../../sources/restore-kinds.ts';
import type { Restorable } from '../restorable.ts';

/**
 * A settings path that is a symlink is kept with what it leads to, under that path. Where nothing is yet no link can
 * be followed on disk: what it leads to is read from the archive.
 */
export async function withLinked(
  source: Restorable,
  settings: SourceSettings | undefined,
): Promise<Restorable> {
  if (settings === undefined || !('paths' in settings)) return source;
  const { name, archived } = source;
  const targets: string[] = [];
  const names = new Set<string>();
  for await (const member of archived.members()) {
    const path = member.name.toString().slice(name.length);
    names.add(path);
    if (member.kind !== 'symlink' || !settings.paths.includes(path)) continue;
    targets.push(resolve(dirname(path), member.linkTarget?.toString() ?? ''));
  }
  const linked = targets.filter((path) => names.has(path) && !settings.paths.includes(path));
  if (linked.length === 0) return source;
  return {
    ...source,
    restore: restoreOf(name, { ...settings, paths: [...settings.paths, ...linked] }),
  };
}
