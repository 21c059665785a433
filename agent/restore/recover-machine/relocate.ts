import type { PathMap } from '../../../protocol/domain/recover.ts';
import type { IndexMember } from '../../archive/archive-reader.ts';
import { mapAcls } from '../../os/attributes/map-acl.ts';
import type { ArchivedSource } from '../../sources/restore-kind.ts';
import { namedByPath } from '../../sources/restore-kinds.ts';
import type { OwnerMap } from './owner-map.ts';
import { mapPath } from './path-map.ts';

export interface Relocation {
  readonly maps: readonly PathMap[];
  readonly owners: OwnerMap;
}

/**
 * A source of an archive as it would stand in one of this machine: its members belong to other owners, and those
 * that are named by where they lay have other names, and symlinks to absolute paths lead there. So no engine needs to know that it is another machine.
 */
export function relocated(
  archived: ArchivedSource,
  engine: string,
  { maps, owners }: Relocation,
): ArchivedSource {
  const isByPath = namedByPath.has(engine);
  const rename = (name: Buffer): Buffer => (isByPath ? renamed(name, archived.name, maps) : name);
  return {
    ...archived,
    gaps: isByPath
      ? archived.gaps.map((gap) => ({ ...gap, path: mapPath(`/${gap.path}`, maps).slice(1) }))
      : archived.gaps,
    async *members() {
      for await (const member of archived.members()) {
        yield withNames(ownedHere(member, owners), rename, maps);
      }
    },
  };
}

function withNames(
  member: IndexMember,
  rename: (name: Buffer) => Buffer,
  maps: readonly PathMap[],
): IndexMember {
  const { linkTarget, kind } = member;
  if (linkTarget === undefined) return { ...member, name: rename(member.name) };
  const target = kind === 'hardlink' ? rename(linkTarget) : mapBytes(linkTarget, maps);
  return { ...member, name: rename(member.name), linkTarget: target };
}

/** Members are `<source>/srv/app.ini`: what is behind the source is a path. */
function renamed(name: Buffer, source: string, maps: readonly PathMap[]): Buffer {
  const at = Buffer.byteLength(source);
  return Buffer.concat([name.subarray(0, at), mapBytes(name.subarray(at), maps)]);
}

/** Bytes, as names need not be UTF-8. */
function mapBytes(path: Buffer, maps: readonly PathMap[]): Buffer {
  const latin1 = (text: string): string => Buffer.from(text).toString('latin1');
  const asLatin1 = maps.map(({ from, to }) => ({ from: latin1(from), to: latin1(to) }));
  return Buffer.from(mapPath(path.toString('latin1'), asLatin1), 'latin1');
}

function ownedHere(member: IndexMember, owners: OwnerMap): IndexMember {
  const attributes = mapAcls(member, {
    user: (id, name) => owners.named.user(id, name).id,
    group: (id, name) => owners.named.group(id, name).id,
  });
  return {
    ...member,
    uid: owners.user(member.uid, member.user).id,
    gid: owners.group(member.gid, member.group).id,
    ...(attributes === undefined ? {} : { attributes }),
  };
}
