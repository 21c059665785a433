import type { Backup } from '../../../protocol/domain/backup.ts';
import type { IndexMember } from '../../archive/archive-reader.ts';
import type { Chain } from '../../chain/chain.ts';
import { SourceMembers } from '../../chain/source-members.ts';
import type { ArchivedSource } from '../../sources/restore-kind.ts';
import { archivedIn, isProven } from '../restorable.ts';
import { type Asked, insidePath, partsOf } from './asked.ts';

/** A source as it is unpacked: it need not be configured here. */
export interface Unpackable {
  readonly name: string;
  readonly engine: string;
  readonly archived: ArchivedSource;
  readonly bytes: number;
}

export interface Unpackables {
  readonly sources: readonly Unpackable[];
  readonly obstacles: readonly string[];
}

/** What of a backup can go into a folder: every source that it holds, whole or only some paths of it. */
export async function elsewhereSources(
  archive: Chain,
  asked: Asked,
  backup: Backup,
): Promise<Unpackables> {
  const sources: Unpackable[] = [];
  const obstacles = unknown(archive, asked);
  const members = new SourceMembers(archive);
  for (const { name, engine } of archive.header.sources) {
    const parts = partsOf(asked, name);
    if (parts === undefined) continue;
    if (parts.some(({ tables }) => tables !== undefined)) {
      obstacles.push(`single tables of "${name}" can't go to a folder; take the whole source`);
    }
    const paths = parts.flatMap((part) => part.paths ?? []).map(insidePath);
    const all = archivedIn({ archive, members }, name, isProven(archive, backup));
    const { archived, missing, bytes } = await onlyPaths(all, paths);
    obstacles.push(...missing.map((path) => `"${path}" of "${name}" is not in this backup`));
    sources.push({ name, engine, archived, bytes });
  }
  if (sources.length === 0) obstacles.push('this backup holds no source that is asked for');
  return { sources, obstacles };
}

function unknown({ header }: Chain, { parts = [] }: Asked): string[] {
  const known = new Set(header.sources.map(({ name }) => name));
  const names = new Set(parts.map(({ source }) => source).filter((name) => !known.has(name)));
  return [...names].map((name) => `this backup has no source "${name}"`);
}

/** The members below some paths, with the folders on the way to them; no paths: all. */
async function onlyPaths(archived: ArchivedSource, paths: readonly string[]) {
  const missing = new Set(paths);
  const links = new Map<string, Buffer>();
  const wanted = new Set<string>();
  let bytes = 0;
  const isAsked = (path: string) => {
    if (paths.length === 0) return true;
    const found = paths.find((one) => path === one || path.startsWith(`${one}/`));
    if (found !== undefined) missing.delete(found);
    return found !== undefined;
  };
  const isOnTheWay = (path: string) =>
    path === '' || paths.some((one) => one.startsWith(`${path}/`));
  for await (const member of archived.members()) {
    const path = pathIn(archived.name, member);
    const isWanted = isAsked(path);
    if (!isWanted && !(member.kind === 'directory' && isOnTheWay(path))) continue;
    wanted.add(keyOf(member));
    bytes += member.sizeBytes;
    if (member.kind === 'hardlink' && member.linkTarget !== undefined) {
      links.set(keyOf(member), member.linkTarget);
    }
  }
  const lost = [...links].filter(([, target]) => !wanted.has(target.toString('latin1')));
  const alone = new Map(lost);
  const members = async function* (): AsyncGenerator<IndexMember> {
    for await (const member of archived.members()) {
      if (!wanted.has(keyOf(member))) continue;
      const target = alone.get(keyOf(member));
      yield target === undefined ? member : await asOwnFile(archived, member, target);
    }
  };
  return { archived: { ...archived, members }, missing: [...missing], bytes };
}

/** A hard link to a file that is not brought along becomes a file of its own. */
async function asOwnFile(
  archived: ArchivedSource,
  member: IndexMember,
  target: Buffer,
): Promise<IndexMember> {
  for await (const other of archived.members()) {
    const isTarget = other.kind !== 'hardlink' && other.name.equals(target);
    if (isTarget) return { ...other, name: member.name };
  }
  return member;
}

const keyOf = (member: IndexMember): string => member.name.toString('latin1');

function pathIn(source: string, { name }: IndexMember): string {
  return insidePath(name.toString().slice(source.length));
}
