import type { MemberHeader } from '../../agent/archive/member.ts';
import type { Work } from '../../agent/os/work.ts';
import type { CapturedMember, Source } from '../../agent/sources/source.ts';
import type { Gap } from '../../protocol/domain/backup.ts';

export interface TakenMember {
  readonly header: MemberHeader;
  /** As latin1, so that every byte shows. */
  readonly name: string;
  readonly content: Buffer;
  readonly streamed: boolean;
}

export interface Taken {
  readonly members: readonly TakenMember[];
  readonly gaps: readonly Gap[];
}

/** What a test does while a source is captured. */
export interface Meanwhile {
  readonly afterCapture?: () => void;
  readonly onBlock?: (name: string, block: number) => void;
}

/** Captures a source and takes all its members, as a backup does. */
export async function takeMembers(
  source: Source,
  work: Work,
  meanwhile: Meanwhile = {},
): Promise<Taken> {
  await using capture = await source.capture(work);
  meanwhile.afterCapture?.();
  const members: TakenMember[] = [];
  for await (const member of capture.members(work.signal)) {
    members.push(await take(member, meanwhile));
  }
  return { members, gaps: capture.gaps };
}

async function take(
  { header, content }: CapturedMember,
  meanwhile: Meanwhile,
): Promise<TakenMember> {
  const name = header.name.toString('latin1');
  if (content instanceof Uint8Array) {
    return { header, name, content: Buffer.from(content), streamed: false };
  }
  const blocks: Uint8Array[] = [];
  for await (const block of content()) {
    blocks.push(Buffer.from(block));
    meanwhile.onBlock?.(name, blocks.length);
  }
  return { header, name, content: Buffer.concat(blocks), streamed: true };
}
