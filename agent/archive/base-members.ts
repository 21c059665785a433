import { hash } from 'node:crypto';
import type { Archive } from './archive-reader.ts';
import type { IndexMember, MemberHeader } from './member.ts';
import { printOf } from './member-ledger.ts';
import { isOwn, sourceOf } from './member-name.ts';
import { pagesFrom } from './page-hashes.ts';

/** What became of a member of the base. */
type Fate = 'gone' | 'unchanged' | 'changed';
const fates: readonly Fate[] = ['gone', 'unchanged', 'changed'];

/** A file that changed so short before the base was captured may have changed again within one tick of its clock. */
const settledNs = 2_000_000_000n;

/**
 * The members of a base, to be held against what is there now: 33 bytes each, beside the files of at
 * least 1 MiB, which deltas can be made of.
 */
export class BaseMembers {
  readonly archive: Archive;
  /** What it lists can be read and what it holds can't: what changed is written whole. */
  readonly indexOnly: boolean;
  /** Sorted; the others are in step with it. */
  readonly #names: Float64Array;
  readonly #stats: Float64Array;
  readonly #contents: Float64Array;
  readonly #fates: Uint8Array;
  readonly #large: ReadonlyMap<string, IndexMember>;
  readonly #own: ReadonlyMap<string, IndexMember>;

  private constructor(archive: Archive, read: ReadMembers, indexOnly: boolean) {
    this.archive = archive;
    this.indexOnly = indexOnly;
    const { names, stats, contents } = read;
    const order = Uint32Array.from(names.keys()).sort((a, b) => (names[a] ?? 0) - (names[b] ?? 0));
    const sorted = (of: readonly number[]) => Float64Array.from(order, (at) => of[at] ?? 0);
    this.#names = sorted(names);
    this.#stats = sorted(stats);
    this.#contents = sorted(contents);
    this.#fates = new Uint8Array(names.length);
    this.#large = read.large;
    this.#own = read.own;
  }

  /** Undefined: two of its names can't be told apart, so nothing can be held against it. */
  static async read(archive: Archive, indexOnly = false): Promise<BaseMembers | undefined> {
    const members = new BaseMembers(archive, await readMembers(archive), indexOnly);
    const names = members.#names;
    const isTwice = names.some((name, at) => at > 0 && names[at - 1] === name);
    return isTwice ? undefined : members;
  }

  /**
   * Whether something is as it was without a look at its content: by size, mtime, ctime and inode. A change of
   * extended attributes changes the ctime; of a base that did not read them, only what has none is known, and
   * that only when they were `asked` for.
   */
  isKnown(header: MemberHeader, asked: boolean): boolean {
    const knows = this.archive.header.attributes === true;
    if (!knows && !(asked && header.attributes === undefined)) return false;
    const at = this.#find(header.name);
    if (at === undefined || this.#fates[at] === fates.indexOf('changed')) return false;
    const settled = (header.ctimeNs ?? 0n) < this.archive.header.capturedAtNs - settledNs;
    return settled && this.#stats[at] === statPrint(header);
  }

  /** Whether a restore would give the same from the base. `sha256` is of the content of a file. */
  isSame(header: MemberHeader, sha256: string | undefined): boolean {
    const at = this.#find(header.name);
    if (at === undefined || this.#fates[at] === fates.indexOf('changed')) return false;
    return this.#contents[at] === contentPrint(header, sha256);
  }

  fateOf(name: Buffer): Fate | undefined {
    const at = this.#find(name);
    return at === undefined ? undefined : fates[this.#fates[at] ?? 0];
  }

  setFate(name: Buffer, fate: Fate): void {
    const at = this.#find(name);
    if (at !== undefined) this.#fates[at] = fates.indexOf(fate);
  }

  /** The file of at least 1 MiB of this name. */
  large(name: Buffer): IndexMember | undefined {
    return this.#large.get(name.toString('latin1'));
  }

  /** The page hashes of a source. */
  pagesOf(source: string): IndexMember | undefined {
    return this.#own.get(`.kedge/pages/${source}`);
  }

  /** What was not met of the sources that were captured. */
  async *gone(sources: ReadonlySet<string>): AsyncGenerator<Buffer> {
    for await (const { name } of this.archive.members()) {
      if (sources.has(sourceOf(name)) && this.fateOf(name) === 'gone') yield name;
    }
  }

  /** Hashes of files of the base by name as latin1. */
  async sumsOf(names: readonly Buffer[]): Promise<ReadonlyMap<string, string>> {
    const wanted = new Set(names.map((name) => name.toString('latin1')));
    const sums = new Map<string, string>();
    for await (const { name, sha256 } of this.archive.members()) {
      const key = name.toString('latin1');
      if (sha256 !== undefined && wanted.has(key)) sums.set(key, sha256);
    }
    return sums;
  }

  #find(name: Buffer): number | undefined {
    const print = printOf(name);
    let [from, to] = [0, this.#names.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((this.#names[middle] ?? 0) < print) from = middle + 1;
      else to = middle;
    }
    return this.#names[from] === print ? from : undefined;
  }
}

interface ReadMembers {
  readonly names: readonly number[];
  readonly stats: readonly number[];
  readonly contents: readonly number[];
  readonly large: ReadonlyMap<string, IndexMember>;
  readonly own: ReadonlyMap<string, IndexMember>;
}

async function readMembers(archive: Archive): Promise<ReadMembers> {
  const [names, stats, contents]: [number[], number[], number[]] = [[], [], []];
  const large = new Map<string, IndexMember>();
  const own = new Map<string, IndexMember>();
  for await (const member of archive.allMembers()) {
    const key = member.name.toString('latin1');
    if (isOwn(member.name)) {
      own.set(key, member);
      continue;
    }
    names.push(printOf(member.name));
    stats.push(statPrint(member));
    contents.push(contentPrint(member, member.sha256));
    if (member.kind === 'file' && member.sizeBytes >= pagesFrom) large.set(key, member);
  }
  return { names, stats, contents, large, own };
}

/** Of all that changes when a file is touched. */
function statPrint({ attributes: _, ...header }: MemberHeader): number {
  return printOfAll(header, header.ctimeNs, header.inode);
}

/** Of all that a restore brings back. A hard link is its target's other name. */
function contentPrint(header: MemberHeader, sha256: string | undefined): number {
  if (header.kind !== 'hardlink') return printOfAll(header, sha256);
  return printOf(Buffer.concat([Buffer.from('hardlink '), header.linkTarget ?? Buffer.alloc(0)]));
}

function printOfAll(header: MemberHeader, ...more: readonly unknown[]): number {
  const { kind, sizeBytes, mode, uid, gid, user, group, mtimeNs, linkTarget } = header;
  const fields = [kind, sizeBytes, mode, uid, gid, user, group, mtimeNs];
  const link = linkTarget?.toString('base64');
  const attributes = header.attributes?.map(
    ({ name, value }) => `${name.toString('base64')}=${value.toString('base64')}`,
  );
  const text = [...fields, link, ...(attributes ?? []), ...more]
    .map((field) => String(field))
    .join('\n');
  return hash('sha1', text, 'buffer').readUIntBE(0, 6);
}
