/** Written together, what a server cuts small costs less. */
const pieceBytes = 1 << 20;
/** That wait to be read. */
const piecesAtMost = 4;

/**
 * Bytes as they come, read in pieces of 1 MiB by one reader. Each piece is good until the next one is asked for, then
 * its memory is used again.
 */
export class PieceQueue {
  readonly #spare: Buffer[] = [];
  readonly #waiting: Buffer[] = [];
  readonly #onClose: () => void;
  #filling: Buffer = Buffer.alloc(0);
  #filled = 0;
  #end: { readonly error?: unknown } | undefined;
  #isClosed = false;
  #wakeReader: () => void = () => undefined;
  #room: PromiseWithResolvers<void> | undefined;

  /** `onClose`: the reader has given up before the end. */
  constructor(onClose: () => void) {
    this.#onClose = onClose;
  }

  /** Copies them; what it answers settles when there is room for more. */
  write(bytes: Buffer): Promise<void> | undefined {
    if (this.#isClosed) return undefined;
    for (let done = 0; done < bytes.length; ) {
      if (this.#filling.length === 0) {
        this.#filling = this.#spare.pop() ?? Buffer.allocUnsafeSlow(pieceBytes);
      }
      const copied = bytes.copy(this.#filling, this.#filled, done);
      done += copied;
      this.#filled += copied;
      if (this.#filled === pieceBytes) this.#handOn();
    }
    if (this.#waiting.length < piecesAtMost) return undefined;
    this.#room ??= Promise.withResolvers();
    return this.#room.promise;
  }

  /** All is written, or nothing more comes because of this error. */
  end(end: { readonly error?: unknown } = {}): void {
    if (this.#end !== undefined) return;
    if (this.#filled > 0) this.#handOn();
    this.#end = end;
    this.#wakeReader();
  }

  async *read(): AsyncGenerator<Buffer, void, undefined> {
    try {
      for (;;) {
        const piece = this.#waiting.shift();
        if (piece !== undefined) {
          this.#makeRoom();
          yield piece;
          if (piece.length === pieceBytes) this.#spare.push(piece);
        } else if (this.#end === undefined) {
          await new Promise<void>((resolve) => {
            this.#wakeReader = resolve;
          });
        } else if ('error' in this.#end) throw this.#end.error;
        else return;
      }
    } finally {
      this.#close();
    }
  }

  #handOn(): void {
    this.#waiting.push(this.#filling.subarray(0, this.#filled));
    this.#filling = Buffer.alloc(0);
    this.#filled = 0;
    this.#wakeReader();
  }

  #makeRoom(): void {
    this.#room?.resolve();
    this.#room = undefined;
  }

  #close(): void {
    this.#isClosed = true;
    this.#makeRoom();
    if (this.#end === undefined) this.#onClose();
  }
}
