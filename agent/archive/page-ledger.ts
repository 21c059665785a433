import { hashPages } from './page-hashes.ts';
import { Spool } from './spool.ts';

/** Page hashes of database files as they are written, by source, spooled. */
export class PageLedger implements AsyncDisposable {
  readonly #spool: Spool;
  readonly #segments: { source: string; start: number; end: number }[] = [];

  constructor(path: string) {
    this.#spool = new Spool(`${path}.pages`);
  }

  get sources(): readonly string[] {
    return [...new Set(this.#segments.map((segment) => segment.source))];
  }

  /** Bytes of page hashes of a source so far. */
  bytesOf(source: string): number {
    return this.#segments
      .filter((segment) => segment.source === source)
      .reduce((sum, { start, end }) => sum + end - start, 0);
  }

  async add(source: string, block: Buffer, pageSize: number): Promise<void> {
    const start = this.#spool.length;
    await this.#spool.append(hashPages(block, pageSize));
    const last = this.#segments.at(-1);
    if (last?.source === source) last.end = this.#spool.length;
    else this.#segments.push({ source, start, end: this.#spool.length });
  }

  async *read(source: string): AsyncGenerator<Buffer> {
    for (const segment of this.#segments) {
      if (segment.source === source) yield* this.#spool.read(segment.start, segment.end);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#spool[Symbol.asyncDispose]();
  }
}
