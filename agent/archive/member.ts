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
}
