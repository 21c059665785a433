import { hash } from 'node:crypto';
import { damaged } from './damage.ts';
import { isDelta } from './delta-frame.ts';
import type { FrameTable } from './frame-table.ts';
import type { RangedReader } from './ranged-reader.ts';
import { decompressFrame, frameChecksum } from './zstd-frame.ts';

/** A frame as it lies in the file, and its content. */
export interface ReadFrame {
  readonly compressed: Buffer;
  /** Nothing in a delta frame: its payload unpacks only beside the base. */
  readonly content: Buffer;
}

/** Frames that are read and decompressed ahead of the one in use. */
const ahead = 3;

/** Reads single frames and checks all that is known of them: sizes, checksum, both hashes. */
export class FrameReader {
  readonly #reader: RangedReader;
  readonly #frames: FrameTable;
  /** The frames used last, oldest first: small members share a frame. */
  readonly #recent = new Map<number, Promise<Buffer>>();
  readonly #kept: number;

  constructor(reader: RangedReader, frames: FrameTable, kept = ahead + 1) {
    this.#reader = reader;
    this.#frames = frames;
    this.#kept = kept;
  }

  async read(frame: number): Promise<ReadFrame> {
    const entry = this.#frames.at(frame);
    const wrong = (cause?: unknown) =>
      damaged(this.#reader, `frame ${frame} at byte ${entry.offset} has changed`, cause);
    const compressed = await this.#reader.read(entry.offset, entry.size);
    if (entry.sha256 && !sha256(compressed).equals(entry.sha256)) throw wrong();
    if (entry.contentSize === 0) {
      if (entry.sha256 === undefined || !isDelta(compressed)) throw wrong();
      return { compressed, content: Buffer.alloc(0) };
    }
    if (entry.size < 4 || frameChecksum(compressed) !== entry.checksum) throw wrong();
    const content = await decompressFrame(compressed, entry.contentSize).catch((error: unknown) => {
      throw wrong(error);
    });
    if (entry.contentSha256 && !sha256(content).equals(entry.contentSha256)) throw wrong();
    return { compressed, content };
  }

  /** Frames from `first` to before `end`, in order, some being read ahead. */
  async *readAhead(first: number, end: number, signal?: AbortSignal): AsyncGenerator<ReadFrame> {
    yield* inOrder(first, end, (frame) => this.read(frame), signal);
  }

  /** Content of the same frames, kept for the next who asks for one of them. */
  async *contents(first: number, end: number, signal?: AbortSignal): AsyncGenerator<Buffer> {
    yield* inOrder(first, end, (frame) => this.content(frame), signal);
  }

  content(frame: number): Promise<Buffer> {
    const known = this.#recent.get(frame);
    if (known !== undefined) return known;
    const content = this.read(frame).then((read) => read.content);
    this.#recent.set(frame, content);
    for (const oldest of this.#recent.keys()) {
      if (this.#recent.size <= this.#kept) break;
      this.#recent.delete(oldest);
    }
    return content;
  }
}

async function* inOrder<T>(
  first: number,
  end: number,
  read: (frame: number) => Promise<T>,
  signal: AbortSignal | undefined,
): AsyncGenerator<T> {
  const started: Promise<T>[] = [];
  let next = first;
  for (let frame = first; frame < end; frame++) {
    signal?.throwIfAborted();
    while (next < end && next <= frame + ahead) {
      const reading = read(next++);
      // Its failure is thrown when its turn comes; until then nobody listens.
      reading.catch(() => undefined);
      started.push(reading);
    }
    const current = started.shift();
    if (current !== undefined) yield await current;
  }
}

function sha256(bytes: Buffer): Buffer {
  return hash('sha256', bytes, 'buffer');
}
