/**
 * Blocks of memory that go round: who takes one gives it back, or hands it on to who will. A source that reads into
 * one and yields it has handed it on, so nothing is copied.
 */
export class BlockPool {
  readonly #size: number;
  readonly #free: Buffer[] = [];
  readonly #own = new WeakSet<ArrayBufferLike>();

  constructor(size: number) {
    this.#size = size;
  }

  take(): Buffer {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    const block = Buffer.allocUnsafeSlow(this.#size);
    this.#own.add(block.buffer);
    return block;
  }

  /** Any part of one that was taken. */
  give({ buffer }: Uint8Array): void {
    if (this.#own.has(buffer)) this.#free.push(Buffer.from(buffer));
  }

  /** Of bytes that somebody yielded: whether they are a block of this pool, which is whoever's who got it. */
  isBlock(bytes: Uint8Array): boolean {
    return this.#own.has(bytes.buffer);
  }
}

/** Bytes of a member, or what yields them; who yields blocks of `lent` hands them on, other bytes are good until the next are asked for. */
export type MemberContent = Uint8Array | ((lent?: BlockPool) => AsyncIterable<Uint8Array>);
