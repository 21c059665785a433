import { openArchive } from '../../agent/archive/archive-reader.ts';
import type { NewMember } from '../../agent/archive/archive-writer.ts';
import { emptyMember, fileMember, memoryReader } from './archives.ts';

/** Bytes that no two seeds share and that don't compress, the same in every run. */
export function noise(seed: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = (seed * 2654435761 + 1) >>> 0;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** Small files in several bundles, large ones between them, one of them of whole blocks. */
export function* damagedMembers(): Generator<NewMember> {
  yield emptyMember('files', 'directory');
  for (let nth = 0; nth < 60; nth++) {
    const content =
      nth % 3 === 0 ? noise(nth, 90_000 + nth) : Buffer.alloc(70_000 + nth, `${nth} text `);
    yield fileMember(`files/small-${nth}`, content);
    if (nth % 20 === 10) yield fileMember(`files/large-${nth}`, noise(nth + 1000, 3_500_000 + nth));
  }
  yield fileMember('files/blocks', noise(77, 4 << 20));
  for (let nth = 60; nth < 80; nth++) yield fileMember(`files/small-${nth}`, noise(nth, 120_000));
}

/** Where the tar of an archive lies: frames by place in the file, members by place in the tar. */
export interface Layout {
  readonly frames: readonly { offset: number; size: number; from: number; to: number }[];
  /** `from`: its headers, `to`: the end of its content. */
  readonly members: readonly { name: string; from: number; to: number }[];
}

export async function layoutOf(archive: Buffer): Promise<Layout> {
  const { end, allMembers } = await openArchive(memoryReader(archive));
  const frames = Array.from({ length: end.tailFrame }, (_, frame) => {
    const { offset, size, tarOffset, contentSize } = end.frames.at(frame);
    return { offset, size, from: tarOffset, to: tarOffset + contentSize };
  });
  const members: { name: string; from: number; to: number }[] = [];
  let last = 0;
  for await (const { name, firstFrame, offset, sizeBytes } of allMembers()) {
    const to = end.frames.at(firstFrame).tarOffset + offset + sizeBytes;
    members.push({ name: name.toString(), from: last, to });
    last = Math.ceil(to / 512) * 512;
  }
  return { frames, members };
}

/** Names of the members that share no byte with these frames. */
export function spared({ frames, members }: Layout, lost: ReadonlySet<number>): readonly string[] {
  const holes = frames.filter((_, frame) => lost.has(frame));
  return members
    .filter(({ from, to }) => !holes.some((hole) => hole.from < to && from < hole.to))
    .map(({ name }) => name);
}

export function flipped(archive: Buffer, ...places: readonly number[]): Buffer {
  const changed = Buffer.from(archive);
  for (const at of places) changed.writeUInt8(changed.readUInt8(at) ^ 0xff, at);
  return changed;
}
