import type { BigIntStats } from 'node:fs';
import type { MemberHeader, MemberKind } from '../archive/member.ts';
import type { OwnerNames } from '../os/owner-names.ts';

/** What stat counts blocks in. */
const statBlock = 512n;

/** What a stat does not say. */
type ContentFields = Pick<
  Partial<MemberHeader>,
  'sizeBytes' | 'linkTarget' | 'toSymlink' | 'attributes' | 'acl' | 'defaultAcl'
>;

/** The header of what was found on disk; a file's size is given, for what is read may differ from its stat. */
export function memberHeader(
  name: Buffer,
  kind: MemberKind,
  stat: BigIntStats,
  owners: OwnerNames,
  content: ContentFields = {},
): MemberHeader {
  const user = owners.users.get(Number(stat.uid));
  const group = owners.groups.get(Number(stat.gid));
  return {
    name,
    kind,
    sizeBytes: 0,
    mode: Number(stat.mode & 0o7777n),
    uid: Number(stat.uid),
    gid: Number(stat.gid),
    ...(user === undefined ? {} : { user }),
    ...(group === undefined ? {} : { group }),
    mtimeNs: stat.mtimeNs,
    ctimeNs: stat.ctimeNs,
    inode: stat.ino,
    ...(kind === 'file' && stat.blocks * statBlock < stat.size && { sparse: true }),
    ...content,
  };
}

/** Of what its stat tells all about. */
export function kindOf(stat: BigIntStats): 'file' | 'directory' | 'fifo' | undefined {
  if (stat.isFile()) return 'file';
  if (stat.isDirectory()) return 'directory';
  return stat.isFIFO() ? 'fifo' : undefined;
}

/** Bytes of content. */
export function sizeOf(stat: BigIntStats): number {
  return stat.isFile() ? Number(stat.size) : 0;
}
