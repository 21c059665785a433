import type { Archive } from './archive-reader.ts';
import { FrameReader, type HeldContent } from './frame-reader.ts';
import { blockSize } from './frame-writer.ts';
import type { IndexMember } from './member.ts';

const nothing: HeldContent = { bytes: Buffer.alloc(0), [Symbol.dispose]: () => undefined };

/**
 * The blocks of a large member of the base: one frame each. zstd's checksum is enough here, and hashing them too would
 * take a fifteenth of a differential's time: what is made of a block that passes it wrongly is refused by the hash
 * of the member, as the base by itself would be.
 */
export class OldBlocks {
  readonly #archive: Archive;
  readonly #frames: FrameReader;
  readonly #member: IndexMember;

  constructor(archive: Archive, member: IndexMember) {
    this.#archive = archive;
    this.#frames = new FrameReader(archive.reader, archive.end.frames, 1, 'checksum');
    this.#member = member;
  }

  #frameOf(block: number): number | undefined {
    return block * blockSize < this.#member.sizeBytes ? this.#member.firstFrame + block : undefined;
  }

  sha256Of(block: number): Buffer | undefined {
    const frame = this.#frameOf(block);
    return frame === undefined ? undefined : this.#archive.end.frames.at(frame).contentSha256;
  }

  /** Empty beyond its end. */
  async hold(block: number): Promise<HeldContent> {
    const frame = this.#frameOf(block);
    return frame === undefined ? nothing : await this.#frames.hold(frame);
  }
}
