import { type BigIntStats, fstatSync, readlinkSync } from 'node:fs';
import type { Gap } from '../../../protocol/domain/backup.ts';
import { type OwnerNames, readOwnerNames } from '../../os/owner-names.ts';
import type { Work } from '../../os/work.ts';
import { kindOf, memberHeader, sizeOf } from '../member-header.ts';
import type { Capture, CapturedMember, IsKnown } from '../source.ts';
import { breather } from './breathe.ts';
import {
  type AttributedEntry,
  type AttributesFound,
  EntryAttributes,
  type Named,
  unreadNotes,
} from './entry-attributes.ts';
import { HardLinks } from './hard-links.ts';
import type { Tree } from './measure-trees.ts';
import {
  isSame,
  openLargeFile,
  type Reading,
  readSmallFile,
  smallFileBytes,
  streamExactly,
} from './read-file.ts';
import { readProblem } from './read-problem.ts';
import { type Entry, joinBytes, type LeftOut, walk } from './walk.ts';

const attempts = 3;
const nothing = new Uint8Array(0);

/** A large file that changed while it was read, to be read again when all others are through. */
interface Restless {
  readonly entry: AttributedEntry;
  readonly attempt: number;
  readonly reason: string;
  readonly stat: BigIntStats;
}

/** Lists folders and files now; their content is read when the members are asked for. */
export async function captureTrees(
  source: string,
  trees: readonly Tree[],
  leftOut: LeftOut,
  work: Work,
): Promise<Capture> {
  const breathe = breather(work.signal);
  const listed = new Set<string>();
  for (const tree of trees) {
    for (const found of walk(tree.root, leftOut)) {
      await breathe();
      listed.add(nameIn(tree, found.relative).toString('latin1'));
    }
    work.progress(`list ${source}`, 0, 0);
  }
  return new TreeCapture(source, trees, leftOut, listed, work);
}

class TreeCapture implements Capture {
  readonly gaps: Gap[] = [];
  readonly #source: string;
  readonly #trees: readonly Tree[];
  readonly #leftOut: LeftOut;
  readonly #listed: Set<string>;
  readonly #owners: OwnerNames = readOwnerNames();
  readonly #attributes = new EntryAttributes(this.#owners);
  readonly #links = new HardLinks();
  /** Content of the small file at hand: a new buffer for each costs the kernel its pages. */
  readonly #smallFile = Buffer.allocUnsafeSlow(smallFileBytes);
  readonly #work: Work;
  #restless: Restless[] = [];

  constructor(
    source: string,
    trees: readonly Tree[],
    leftOut: LeftOut,
    listed: Set<string>,
    work: Work,
  ) {
    this.#source = source;
    this.#trees = trees;
    this.#leftOut = leftOut;
    this.#listed = listed;
    this.#work = work;
  }

  get notes(): readonly string[] {
    return unreadNotes(this.#attributes.unavailable);
  }

  /**
   * Walks again instead of keeping to the list: a file that came after it may be one that a row of a
   * database captured in between names already. What was listed and is not met again is a gap.
   */
  async *members(
    signal: AbortSignal,
    isKnown: IsKnown = () => false,
  ): AsyncGenerator<CapturedMember, void, undefined> {
    const breathe = breather(signal);
    const knows = (entry: Named<Entry>) => this.#knows(entry, isKnown);
    for await (const found of this.#attributes.with(this.#walkAll(), knows, signal)) {
      await breathe();
      this.#listed.delete(found.name.toString('latin1'));
      if (found.kind === 'problem') this.#missed(found.name, found.reason);
      else yield* this.#entry(found, isKnown, signal);
    }
    for (const name of this.#listed) {
      this.#missed(Buffer.from(name, 'latin1'), 'it vanished while the backup ran');
    }
    yield* this.#readAgain(signal);
    for (const note of this.notes) this.#work.log('warning', `source "${this.#source}": ${note}`);
  }

  async [Symbol.asyncDispose](): Promise<void> {}

  *#walkAll(): Generator<Named> {
    for (const tree of this.#trees) {
      for (const found of walk(tree.root, this.#leftOut)) {
        yield { ...found, name: nameIn(tree, found.relative) };
      }
    }
  }

  async *#entry(
    entry: AttributedEntry,
    isKnown: IsKnown,
    signal: AbortSignal,
  ): AsyncGenerator<CapturedMember> {
    const { name, stat } = entry;
    if (entry.known && !stat.isFile()) yield this.#asBefore(entry);
    else if (stat.isFile()) yield* this.#file(entry, isKnown, signal);
    else if (stat.isDirectory()) yield this.#bare('directory', entry);
    else if (stat.isSymbolicLink()) yield* this.#symlink(entry);
    else if (stat.isFIFO()) yield this.#bare('fifo', entry);
    else if (stat.isSocket()) this.#missed(name, 'it is a socket, which has no content to keep');
    else this.#missed(name, 'it is a device, which is not backed up');
  }

  /** By its stat alone. Symlinks are looked at: their target would have to be read for it. */
  #knows({ name, stat }: Named<Entry>, isKnown: IsKnown): boolean {
    const kind = kindOf(stat);
    if (kind === undefined) return false;
    const fields = { sizeBytes: sizeOf(stat) };
    return isKnown(memberHeader(name, kind, stat, this.#owners, fields), false);
  }

  #asBefore({ name, stat, attributes }: AttributedEntry): CapturedMember {
    const fields = { sizeBytes: sizeOf(stat), ...attributes.fields };
    const header = memberHeader(name, kindOf(stat) ?? 'file', stat, this.#owners, fields);
    return { header, content: nothing, unchanged: true };
  }

  #bare(kind: 'directory' | 'fifo', { name, stat, attributes }: AttributedEntry): CapturedMember {
    const fields = this.#fieldsOf(name, attributes);
    return { header: memberHeader(name, kind, stat, this.#owners, fields), content: nothing };
  }

  *#symlink(entry: AttributedEntry): Generator<CapturedMember> {
    const { name, path, stat, attributes } = entry;
    const first = this.#links.firstName(stat);
    if (first !== undefined) {
      const link = { linkTarget: first, toSymlink: true } as const;
      yield { header: memberHeader(name, 'hardlink', stat, this.#owners, link), content: nothing };
      return;
    }
    const linkTarget = this.#attempt(name, () => readlinkSync(path, 'buffer'));
    if (linkTarget === undefined) return;
    this.#links.addFirst(stat, name);
    const fields = { linkTarget, ...this.#fieldsOf(name, attributes) };
    const header = memberHeader(name, 'symlink', stat, this.#owners, fields);
    yield { header, content: nothing };
  }

  async *#file(
    entry: AttributedEntry,
    isKnown: IsKnown,
    signal: AbortSignal,
  ): AsyncGenerator<CapturedMember> {
    const { name, path, stat } = entry;
    const linkTarget = this.#links.firstName(stat);
    if (linkTarget !== undefined) {
      const header = memberHeader(name, 'hardlink', stat, this.#owners, { linkTarget });
      this.#links.addOther(stat, header);
      yield { header, content: nothing };
      return;
    }
    const before = this.#asBefore(entry);
    if (entry.known || (entry.attributes.problem === undefined && isKnown(before.header, true))) {
      this.#links.addFirst(stat, name);
      yield before;
      return;
    }
    const file = this.#attempt(name, () => readSmallFile(path, this.#smallFile));
    if (file === undefined) return;
    if (file.kind === 'not-a-file') this.#missed(name, 'it is not a file any more');
    else if (file.kind === 'large') yield* this.#largeFile(entry, 1, signal);
    else {
      this.#links.addFirst(file.stat, name);
      if (file.kind === 'restless') this.#missed(name, 'it changed each time it was read');
      const attributes = await this.#attributesNow(entry, file.stat, signal);
      const sizeBytes = file.content.length;
      const fields = { sizeBytes, ...this.#fieldsOf(name, attributes) };
      const header = memberHeader(name, 'file', file.stat, this.#owners, fields);
      yield { header, content: file.content };
    }
  }

  /** Those read before are those of the file that was read only if it is still the same and untouched. */
  async #attributesNow(
    { path, stat, attributes }: AttributedEntry,
    now: BigIntStats,
    signal: AbortSignal,
  ): Promise<AttributesFound> {
    if (now.ino === stat.ino && now.ctimeNs === stat.ctimeNs) return attributes;
    return await this.#attributes.again(path, signal);
  }

  #fieldsOf(name: Buffer, { fields, problem }: AttributesFound): AttributesFound['fields'] {
    if (problem !== undefined)
      this.#missed(name, `its extended attributes are not kept: ${problem}`);
    return fields;
  }

  async *#largeFile(
    entry: AttributedEntry,
    attempt: number,
    signal: AbortSignal,
  ): AsyncGenerator<CapturedMember> {
    const { name, path } = entry;
    const opened = this.#attempt(name, () => openLargeFile(path));
    if (opened === undefined) return;
    using file = opened;
    const { descriptor } = file;
    const stat = fstatSync(descriptor, { bigint: true });
    if (!stat.isFile()) {
      this.#missed(name, 'it is not a file any more');
      return;
    }
    const reading: Reading = { short: false };
    const sizeBytes = Number(stat.size);
    const attributes = await this.#attributesNow(entry, stat, signal);
    const fields = { sizeBytes, ...this.#fieldsOf(name, attributes) };
    const header = memberHeader(name, 'file', stat, this.#owners, fields);
    this.#links.addFirst(stat, name);
    yield { header, content: (lent) => streamExactly(descriptor, sizeBytes, reading, lent) };
    if (reading.short || !isSame(stat, fstatSync(descriptor, { bigint: true }))) {
      const reason = reading.error === undefined ? restlessReason : readProblem(reading.error);
      this.#restless.push({ entry, attempt, reason, stat });
    }
  }

  async *#readAgain(signal: AbortSignal): AsyncGenerator<CapturedMember> {
    for (let next = this.#restless.shift(); next !== undefined; next = this.#restless.shift()) {
      signal.throwIfAborted();
      if (next.attempt === attempts) this.#missed(next.entry.name, next.reason);
      else {
        yield* this.#largeFile(next.entry, next.attempt + 1, signal);
        for (const header of this.#links.othersOf(next.stat)) yield { header, content: nothing };
      }
    }
  }

  #attempt<T>(name: Buffer, read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      this.#missed(name, readProblem(error));
      return undefined;
    }
  }

  #missed(name: Buffer, reason: string): void {
    const path = name.subarray(this.#source.length + 1).toString('utf8');
    this.gaps.push({ kind: 'file', source: this.#source, path, reason });
  }
}

const restlessReason = 'it changed each time it was read, so what is kept may mix old and new';

function nameIn(tree: Tree, relative: Buffer): Buffer {
  return relative.length === 0 ? tree.name : joinBytes(tree.name, relative);
}
