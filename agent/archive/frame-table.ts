import { type FrameSum, frameSumLimit } from './frame-sum.ts';

/** One zstd frame of an archive. */
export interface FrameEntry {
  /** Place in the file and compressed size, bytes. */
  readonly offset: number;
  readonly size: number;
  /** Place of its content in the tar and size of it, bytes. */
  readonly tarOffset: number;
  readonly contentSize: number;
  /** Low 32 bits of XXH64 of the content. */
  readonly checksum: number;
  /** Of the compressed bytes; absent while not known. */
  readonly sum?: FrameSum;
  /** SHA-256 of the content, where it is kept. */
  readonly contentSha256?: Buffer;
}

export interface FrameHashes {
  readonly sum: FrameSum;
  readonly contentSha256?: Uint8Array | undefined;
}

// Per frame: offset and tar offset (double), size, content size, checksum (u32), length of its sum and of the
// content's hash (u16), both.
const recordSize = 96;
const contentAt = 32 + frameSumLimit;

/** All frames of an archive in 96 bytes each: 96 MiB per TiB of content. */
export class FrameTable {
  #records: Buffer;
  #length = 0;

  constructor(capacity = 64) {
    this.#records = Buffer.alloc(capacity * recordSize);
  }

  get length(): number {
    return this.#length;
  }

  /** End of the last frame in the file, and of its content in the tar. */
  get end(): { readonly offset: number; readonly tarOffset: number } {
    if (this.#length === 0) return { offset: 0, tarOffset: 0 };
    const last = this.at(this.#length - 1);
    return { offset: last.offset + last.size, tarOffset: last.tarOffset + last.contentSize };
  }

  append(size: number, contentSize: number, checksum: number, hashes?: FrameHashes): void {
    const { offset, tarOffset } = this.end;
    const at = this.#length * recordSize;
    if (at === this.#records.length) {
      this.#records = Buffer.concat([this.#records, Buffer.alloc(Math.max(at, recordSize))]);
    }
    this.#records.writeDoubleLE(offset, at);
    this.#records.writeDoubleLE(tarOffset, at + 8);
    this.#records.writeUInt32LE(size, at + 16);
    this.#records.writeUInt32LE(contentSize, at + 20);
    this.#records.writeUInt32LE(checksum, at + 24);
    this.#length += 1;
    if (hashes !== undefined) this.setHashes(this.#length - 1, hashes);
  }

  setHashes(frame: number, hashes: FrameHashes): void {
    const at = this.#place(frame);
    const { sum, contentSha256 = new Uint8Array() } = hashes;
    this.#records.writeUInt16LE(sum.length, at + 28);
    this.#records.writeUInt16LE(contentSha256.length, at + 30);
    this.#records.set(sum, at + 32);
    this.#records.set(contentSha256, at + contentAt);
  }

  at(frame: number): FrameEntry {
    const at = this.#place(frame);
    const records = this.#records;
    const entry = {
      offset: records.readDoubleLE(at),
      tarOffset: records.readDoubleLE(at + 8),
      size: records.readUInt32LE(at + 16),
      contentSize: records.readUInt32LE(at + 20),
      checksum: records.readUInt32LE(at + 24),
    };
    const known = records.readUInt16LE(at + 28);
    if (known === 0) return entry;
    const sum = records.subarray(at + 32, at + 32 + known);
    const content = records.readUInt16LE(at + 30);
    if (content === 0) return { ...entry, sum };
    return {
      ...entry,
      sum,
      contentSha256: records.subarray(at + contentAt, at + contentAt + content),
    };
  }

  /** The first frame whose content begins at `tarOffset` or later; the number of frames where there is none. */
  firstFrom(tarOffset: number): number {
    let [from, to] = [0, this.#length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#records.readDoubleLE(middle * recordSize + 8) < tarOffset) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #place(frame: number): number {
    if (!(frame >= 0 && frame < this.#length)) throw new RangeError(`there is no frame ${frame}`);
    return frame * recordSize;
  }
}
