import { paddingOf, tarBlock } from '../../archive/tar-header.ts';
import type { TarEntry } from '../../archive/tar-reader.ts';
import { entryAt } from './entry-at.ts';

/** The members in a frame that begins with a tar header. */
export interface Bundle {
  readonly members: readonly { readonly entry: TarEntry; readonly content: Buffer }[];
  /** The headers of a larger member end it. */
  readonly large?: TarEntry;
  /** Whether it ends where a member ends, as ours do: content that looks like a tar seldom does. */
  readonly isWhole: boolean;
}

/** What can be read from `start` on. */
export async function readBundle(content: Buffer, start: number): Promise<Bundle> {
  const members: { entry: TarEntry; content: Buffer }[] = [];
  let at = start;
  while (at < content.length) {
    const placed = await entryAt(content, at);
    if (placed === 'end') return { members, isWhole: isZero(content.subarray(at)) };
    if (placed === undefined) return { members, isWhole: false };
    const { entry, end } = placed;
    const next = end + entry.sizeBytes + paddingOf(entry.sizeBytes);
    if (next > content.length) {
      const isLarge = end === content.length;
      return { members, isWhole: isLarge, ...(isLarge && { large: entry }) };
    }
    members.push({ entry, content: content.subarray(end, end + entry.sizeBytes) });
    at = next;
  }
  return { members, isWhole: members.length > 0 };
}

/** Where the first header begins when the padding in front of it is not known; undefined: nowhere. */
export function firstHeader(content: Buffer): number | undefined {
  const at = content.subarray(0, tarBlock).findIndex((byte) => byte !== 0);
  return at === -1 ? undefined : at;
}

export function isZero(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0);
}
