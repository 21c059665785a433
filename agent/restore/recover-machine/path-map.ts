import type { PathMap } from '../../../protocol/domain/recover.ts';

/** The path on this machine: the longest `from` that it is or lies below counts; without one it stays. */
export function mapPath(path: string, maps: readonly PathMap[]): string {
  for (const { from, to } of longestFirst(maps)) {
    if (path === from || path === `${from}/`) return to === '' ? '/' : to;
    if (path.startsWith(`${from}/`)) return to + path.slice(from.length);
  }
  return path;
}

/**
 * The same for every path that stands in a text such as a word of a command line: at its beginning, or behind
 * one of = : , ; ' " ( and blanks, as in `--config=/srv/app.ini` or `/srv/bin:/usr/bin`.
 */
export function mapPathsIn(text: string, maps: readonly PathMap[]): string {
  const sorted = longestFirst(maps);
  if (sorted.length === 0) return text;
  const froms = sorted.map(({ from }) => (from === '' ? '(?=/(?!/))' : escaped(from)));
  const wanted = new RegExp(`(?<=^|[=:,;'"(\\s])(?:${froms.join('|')})(?=$|[/=:,;'")\\s])`, 'g');
  return text.replace(wanted, (found) => sorted.find(({ from }) => from === found)?.to ?? found);
}

/** Without slashes at their ends, so that "/" is empty. */
function longestFirst(maps: readonly PathMap[]): readonly PathMap[] {
  return maps
    .map(({ from, to }) => ({ from: trimmed(from), to: trimmed(to) }))
    .toSorted((a, b) => b.from.length - a.from.length);
}

const trimmed = (path: string): string => path.replace(/\/+$/, '');

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
