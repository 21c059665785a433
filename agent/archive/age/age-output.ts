import { randomBytes } from 'node:crypto';
import type { ArchiveOutput } from '../archive-output.ts';
import { makeHeader } from './age-header.ts';
import { type ChunkCipher, chunkCipher, chunkSize, nonceSize, sealedSize } from './chunk-cipher.ts';
import type { Lock } from './lock.ts';

/** Chunks sealed for one write. */
const chunksAWrite = 16;

export interface AgeOutput extends ArchiveOutput {
  /** Opens this one file, for as long as its writer remembers it. */
  readonly fileKey: Uint8Array;
}

/** Encrypts on the way into another output: a file that `age` opens. */
export async function ageOutput(inner: ArchiveOutput, lock: Lock): Promise<AgeOutput> {
  const { header, fileKey } = await makeHeader(lock);
  const nonce = randomBytes(nonceSize);
  await inner.append(Buffer.concat([header, nonce]));
  const sealer = new Sealer(inner, chunkCipher(fileKey, nonce));
  return {
    path: inner.path,
    fileKey,
    append: async (bytes) => await sealer.append(bytes),
    async finish() {
      await sealer.finish();
      return await inner.finish();
    },
  };
}

class Sealer {
  readonly #inner: ArchiveOutput;
  readonly #cipher: ChunkCipher;
  /** A chunk waits here, also a full one, until it is known whether it is the last. */
  readonly #waiting = Buffer.allocUnsafeSlow(chunkSize);
  #used = 0;
  #chunk = 0;
  readonly #sealed = Buffer.allocUnsafeSlow(chunksAWrite * sealedSize);
  #sealedBytes = 0;

  constructor(inner: ArchiveOutput, cipher: ChunkCipher) {
    this.#inner = inner;
    this.#cipher = cipher;
  }

  async append(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      if (this.#used === chunkSize) await this.#seal(this.#waiting, false);
      // What is followed by more is sealed where it lies.
      if (this.#used === 0 && bytes.length - at > chunkSize) {
        await this.#seal(bytes.subarray(at, at + chunkSize), false);
        at += chunkSize;
        continue;
      }
      const taken = bytes.copy(this.#waiting, this.#used, at, at + chunkSize - this.#used);
      this.#used += taken;
      at += taken;
    }
  }

  async finish(): Promise<void> {
    await this.#seal(this.#waiting.subarray(0, this.#used), true);
    await this.#flush();
  }

  async #seal(content: Buffer, isLast: boolean): Promise<void> {
    if (this.#sealedBytes + sealedSize > this.#sealed.length) await this.#flush();
    const at = this.#sealedBytes;
    this.#sealedBytes = this.#cipher.seal(content, this.#chunk++, isLast, this.#sealed, at);
    this.#used = 0;
  }

  async #flush(): Promise<void> {
    await this.#inner.append(this.#sealed.subarray(0, this.#sealedBytes));
    this.#sealedBytes = 0;
  }
}
