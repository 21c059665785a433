import type { MemberHeader, MemberKind } from '../../agent/archive/member.ts';

/** A member as a test writes it; the rest of its header is plain. */
export interface TestMember {
  readonly name: string;
  readonly kind: MemberKind;
  readonly content?: string;
  readonly mode?: number;
  readonly linkTarget?: string;
}

/** The header that it would have in an index. */
export function headerOf({ name, kind, content, mode, linkTarget }: TestMember): MemberHeader {
  return {
    name: Buffer.from(name),
    kind,
    sizeBytes: kind === 'file' ? Buffer.byteLength(content ?? '') : 0,
    mode: mode ?? (kind === 'directory' ? 0o755 : 0o644),
    uid: process.geteuid?.() ?? 0,
    gid: process.getegid?.() ?? 0,
    mtimeNs: 1_700_000_000_000_000_000n,
    ...(linkTarget === undefined ? {} : { linkTarget: Buffer.from(linkTarget) }),
  };
}
