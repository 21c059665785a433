import { hash } from 'node:crypto';
import { linesOf } from '../../archive/lines.ts';
import { showName } from '../../archive/member-name.ts';
import type { PieceContent } from './piece-reader.ts';

/** Longer than any name that is allowed, escaped. */
const lineLimit = 1 << 18;
const hashSize = 32;

/** What SHA256SUMS says, in some 90 bytes a line, and which lines were asked for. */
export class SumsTable {
  readonly #content: PieceContent;
  /** Line by the first 48 bits of the name's hash. */
  readonly #lines = new Map<number, number>();
  #hashes = Buffer.alloc(1 << 16);
  readonly #asked = new Set<number>();

  private constructor(content: PieceContent) {
    this.#content = content;
  }

  /** Undefined: these are no sums. */
  static async read(content: PieceContent): Promise<SumsTable | undefined> {
    const table = new SumsTable(content);
    try {
      for await (const line of readLines(content)) table.#add(line);
    } catch (error) {
      if (error instanceof RangeError) return undefined;
      throw error;
    }
    return table;
  }

  /** Hex; undefined: no line has this name. */
  sha256Of(name: Buffer): string | undefined {
    const line = this.#lines.get(keyOf(name));
    if (line === undefined) return undefined;
    this.#asked.add(line);
    return this.#hashes.toString('hex', line * hashSize, (line + 1) * hashSize);
  }

  /** The names that nobody has asked for. */
  async *others(): AsyncGenerator<Buffer> {
    for await (const { name } of readLines(this.#content)) {
      const line = this.#lines.get(keyOf(name));
      if (line !== undefined && !this.#asked.has(line)) yield name;
    }
  }

  #add({ name, sha256 }: SumsLine): void {
    const line = this.#lines.get(keyOf(name)) ?? this.#lines.size;
    const at = line * hashSize;
    if (at >= this.#hashes.length) this.#hashes = Buffer.concat([this.#hashes, Buffer.alloc(at)]);
    this.#lines.set(keyOf(name), line);
    this.#hashes.write(sha256, at, 'hex');
  }
}

interface SumsLine {
  readonly name: Buffer;
  readonly sha256: string;
}

async function* readLines(content: PieceContent): AsyncGenerator<SumsLine> {
  for await (const line of linesOf(content.chunks(), lineLimit)) yield parseLine(line);
}

function parseLine(line: Buffer): SumsLine {
  const text = line.toString('latin1');
  const parts = /^(\\?)([0-9a-f]{64}) {2}(.+)$/s.exec(text);
  if (parts === null) throw new RangeError(`${showName(line)} is no line of sums`);
  const [, mark = '', sha256 = '', name = ''] = parts;
  return { name: Buffer.from(mark === '' ? name : plainName(name), 'latin1'), sha256 };
}

const escapes: Readonly<Record<string, string>> = { '\\\\': '\\', '\\n': '\n', '\\r': '\r' };

function plainName(name: string): string {
  return name.replaceAll(/\\[\\nr]/g, (pair) => escapes[pair] ?? pair);
}

function keyOf(name: Buffer): number {
  return hash('sha256', name, 'buffer').readUIntBE(0, 6);
}
