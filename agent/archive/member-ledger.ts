import { hash } from 'node:crypto';
import type { SourceSummary } from '../../protocol/domain/backup.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { decodeMemberLine, encodeMemberLine } from './index-line.ts';
import { linesOf } from './lines.ts';
import type { IndexMember, MemberHeader } from './member.ts';
import { isOwn, showName, sourceOf } from './member-name.ts';
import { Spool } from './spool.ts';
import { sumsLine } from './sums.ts';

/** Hashes of files that are not in the archive, by name as latin1. */
export type SumsOutside = (names: readonly Buffer[]) => Promise<ReadonlyMap<string, string>>;

/** Stands in the place of a hard link's sum until that is known. */
export const unknownSum = '0'.repeat(64);

/**
 * The members of an archive as they are written. Their index lines and sums wait in spools; in memory
 * are eight bytes a member, and the hard links. A name that comes twice counts once, with its last content.
 */
export class MemberLedger implements AsyncDisposable {
  readonly #lines: Spool;
  /** In step with the lines: one line each, empty where nothing is summed. */
  readonly #sums: Spool;
  readonly #sources = new Map<string, { engine: string; members: number; bytes: number }>();
  /** Name of the target by ordinal of the hard link. */
  readonly #links = new Map<number, Buffer>();
  #prints = new Float64Array(1024);
  #count = 0;
  #lineBytes = 0;
  #sumsBytes = 0;
  #superseded = new Set<number>();
  #linkSums = new Map<number, string>();

  constructor(path: string) {
    this.#lines = new Spool(`${path}.lines`);
    this.#sums = new Spool(`${path}.sums`);
  }

  get memberLines(): number {
    return this.#count - this.#superseded.size;
  }

  get lineBytes(): number {
    return this.#lineBytes;
  }

  get sumsBytes(): number {
    return this.#sumsBytes;
  }

  get sources(): readonly SourceSummary[] {
    return [...this.#sources].map(([name, source]) => ({ name, ...source }));
  }

  async add(member: IndexMember): Promise<void> {
    this.#notePrint(printOf(member.name));
    if (hasTargetsSum(member) && member.linkTarget) {
      this.#links.set(this.#count, member.linkTarget);
    }
    this.#count += 1;
    const line = encodeMemberLine(member);
    const sum = sumOf(member);
    this.#tally(member, line, 1);
    await this.#lines.append(line);
    await this.#sums.append(sum.length === 0 ? Buffer.from('\n') : sum);
  }

  /** Counts a member that stands in the base as it is; `sign` -1 takes it back. */
  tallyUnchanged(member: MemberHeader & { readonly engine: string }, sign: 1 | -1): void {
    this.#tallySource(member, sign);
  }

  /**
   * Finds which members were replaced and what the hard links hold. Names added later must be new.
   * `outside` answers the hashes of files that hard links lead to and that are not in this archive.
   */
  async settle(outside: SumsOutside = async () => new Map()): Promise<void> {
    const repeated = repeatedIn(this.#prints.subarray(0, this.#count));
    if (repeated.size > 0) await this.#findSuperseded(repeated);
    if (this.#links.size > 0) await this.#sumLinks(outside);
  }

  /** Content of SHA256SUMS, in the order of the index. Only after `settle`. */
  async *sumsLines(): AsyncGenerator<Buffer> {
    let ordinal = -1;
    for await (const line of linesOf(this.#sums.read())) {
      ordinal += 1;
      if (line.length === 0 || this.#superseded.has(ordinal)) continue;
      const whole = Buffer.concat([line, Buffer.from('\n')]);
      const sum = this.#linkSums.get(ordinal);
      if (sum !== undefined) whole.write(sum, whole.indexOf(unknownSum), 'latin1');
      yield whole;
    }
  }

  /** Member lines of the index. Only after `settle`. */
  async *indexLines(): AsyncGenerator<Buffer> {
    if (this.#superseded.size === 0) return yield* this.#lines.read();
    for await (const [ordinal, line] of this.#numbered()) {
      if (!this.#superseded.has(ordinal)) yield Buffer.concat([line, Buffer.from('\n')]);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#lines[Symbol.asyncDispose]();
    await this.#sums[Symbol.asyncDispose]();
  }

  #notePrint(print: number): void {
    if (this.#count === this.#prints.length) {
      const larger = new Float64Array(2 * this.#count);
      larger.set(this.#prints);
      this.#prints = larger;
    }
    this.#prints[this.#count] = print;
  }

  #tally(member: IndexMember, line: Buffer, sign: 1 | -1): void {
    this.#lineBytes += sign * line.length;
    this.#sumsBytes += sign * sumOf(member).length;
    this.#tallySource(member, sign);
  }

  #tallySource(member: MemberHeader & { readonly engine?: string }, sign: 1 | -1): void {
    if (isOwn(member.name)) return;
    const name = sourceOf(member.name);
    const source = this.#sources.get(name) ?? { engine: member.engine ?? '', members: 0, bytes: 0 };
    source.members += sign;
    source.bytes += sign * member.sizeBytes;
    this.#sources.set(name, source);
  }

  async #findSuperseded(repeated: ReadonlySet<number>): Promise<void> {
    const last = new Map<string, { ordinal: number; member: IndexMember }>();
    for await (const [ordinal, line] of this.#numbered()) {
      if (!repeated.has(this.#prints[ordinal] ?? -1)) continue;
      const member = decodeMemberLine(line);
      const key = member.name.toString('latin1');
      const earlier = last.get(key);
      last.set(key, { ordinal, member });
      if (earlier === undefined) continue;
      this.#superseded.add(earlier.ordinal);
      this.#links.delete(earlier.ordinal);
      this.#tally(earlier.member, encodeMemberLine(earlier.member), -1);
    }
  }

  /** A hard link has the content that its target had when the link was written. */
  async #sumLinks(outside: SumsOutside): Promise<void> {
    const wanted = new Set([...this.#links.values()].map(printOf));
    const sums = new Map(await outside([...this.#links.values()]));
    for await (const [ordinal, line] of this.#numbered()) {
      if (this.#superseded.has(ordinal)) continue;
      const target = this.#links.get(ordinal);
      if (target !== undefined) {
        const sum = sums.get(target.toString('latin1'));
        if (sum === undefined) throw badLink(target);
        this.#linkSums.set(ordinal, sum);
      } else if (wanted.has(this.#prints[ordinal] ?? -1)) {
        const member = decodeMemberLine(line);
        if (member.sha256) sums.set(member.name.toString('latin1'), member.sha256);
      }
    }
  }

  async *#numbered(): AsyncGenerator<[number, Buffer]> {
    let ordinal = 0;
    for await (const line of linesOf(this.#lines.read())) yield [ordinal++, line];
  }
}

/** 48 bits of a hash: equal names have equal prints, and prints that come twice are looked at. */
export function printOf(name: Buffer): number {
  return hash('sha1', name, 'buffer').readUIntBE(0, 6);
}

function repeatedIn(prints: Float64Array): ReadonlySet<number> {
  const sorted = prints.slice().sort();
  return new Set(sorted.filter((print, at) => at > 0 && sorted[at - 1] === print));
}

/** Whether its line in SHA256SUMS has the hash of the file it leads to. */
export function hasTargetsSum({ kind, toSymlink }: MemberHeader): boolean {
  return kind === 'hardlink' && toSymlink !== true;
}

function sumOf(member: IndexMember): Buffer {
  if (hasTargetsSum(member)) return sumsLine(unknownSum, member.name);
  return member.sha256 === undefined ? Buffer.alloc(0) : sumsLine(member.sha256, member.name);
}

function badLink(target: Buffer): KedgeError {
  const cause = `a hard link was written before the last copy of ${showName(target)}`;
  return new KedgeError('internal', { cause });
}
