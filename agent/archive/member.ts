import type { Attribute } from '../os/attributes/attribute.ts';

export type MemberKind = 'file' | 'directory' | 'symlink' | 'hardlink' | 'fifo';

/**
 * A file in an archive. `name` is `<source>/<relative path>` in raw bytes, no leading slash, no `..`.
 * `sizeBytes` is that of the content that follows (0 for all kinds but `file`).
 */
export interface MemberHeader {
  readonly name: Buffer;
  readonly kind: MemberKind;
  readonly sizeBytes: number;
  /** Permission bits with setuid, setgid, sticky: 0 to 0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly user?: string;
  readonly group?: string;
  readonly mtimeNs: bigint;
  readonly ctimeNs?: bigint;
  readonly inode?: bigint;
  /** Target of a symlink as it stands; of a hard link the name of the earlier member. */
  readonly linkTarget?: Buffer;
  /** Of a hard link: its target is a symlink, so it has no content, and no line in SHA256SUMS. */
  readonly toSymlink?: true;
  /** Of a file: it had holes, so blocks of zeros take no space when it is restored. */
  readonly sparse?: true;
  /** Extended attributes, ACLs among them; absent where there are none, and of hard links. */
  readonly attributes?: readonly Attribute[];
  /** The ACLs among them as text, users and groups by name; `defaultAcl` of folders. */
  readonly acl?: string;
  readonly defaultAcl?: string;
}

/** A line of the index about one member. */
export interface IndexMember extends MemberHeader {
  /** Frame that holds the first content byte, and the place of that byte in the frame's content. */
  readonly firstFrame: number;
  readonly offset: number;
  /** SHA-256 of the content, hex; of files only. */
  readonly sha256?: string;
  /** Engine of its source; of members of sources only. */
  readonly engine?: string;
  /** Of a database file: page size in bytes, and where its page hashes begin in `.kedge/pages/<source>`. */
  readonly pageSize?: number;
  readonly pagesOffset?: number;
  /** It is not in the tar: so many delta frames, from `firstFrame`, make it of the base's member of this name. */
  readonly deltas?: number;
  /** With `deltas`, of database files: SHA-256 over the hashes of all pages, hex. */
  readonly pagesSha256?: string;
  /** In a chain only: its content lies in the base; or, with `deltas`, the base's member that they change. */
  readonly fromBase?: true;
  readonly old?: IndexMember;
}
