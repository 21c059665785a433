import { type BigIntStats, readlinkSync } from 'node:fs';
import type { IndexMember } from '../../archive/archive-reader.ts';
import { pathBelow } from '../member-path.ts';
import { leftOutBy } from '../tree/left-out.ts';
import type { ArchivedTree } from './extract-tree.ts';
import { LiveFolders } from './live-folders.ts';

/** A tree of which only a part is brought back. */
export interface MergeTree {
  readonly tree: ArchivedTree;
  /** Where its root lies. */
  readonly live: string;
  readonly leaveOut: readonly string[];
  /** What came after the backup stays; else what is asked for becomes exactly what it was. */
  readonly keepNewer: boolean;
  /** Below the root, '' the root itself; absent: all. */
  readonly asked?: readonly string[] | undefined;
}

/** What of a tree comes back, seen against what is live now. */
export interface MergeSelection {
  /** Of the members of the tree those that are needed, folders on the way to them included. */
  members(): AsyncIterable<IndexMember>;
  readonly inserted: number;
  readonly overwritten: number;
  readonly bytes: number;
  /** Asked for, but not in the backup. */
  readonly missing: readonly string[];
  readonly problems: readonly string[];
  /** What stays although the backup has something else of that name. */
  readonly warnings: readonly string[];
}

type Facts = Pick<IndexMember, 'kind' | 'sizeBytes' | 'mtimeNs' | 'linkTarget'>;

const coveredAtMost = 10;

/** Reads the index once and looks at each live file; names as latin1, so that any bytes are told apart. */
export async function selectMembers(order: MergeTree): Promise<MergeSelection> {
  const selection = new Selecting(order);
  for await (const member of order.tree.members()) selection.look(member);
  return selection.result();
}

class Selecting {
  readonly #order: MergeTree;
  readonly #live: LiveFolders;
  readonly #isLeftOut;
  readonly #facts = new Map<string, Facts>();
  readonly #wanted = new Set<string>();
  readonly #found = new Set<string>();
  readonly #covered: Buffer[] = [];
  #counts = { inserted: 0, overwritten: 0, bytes: 0 };

  constructor(order: MergeTree) {
    this.#order = order;
    this.#live = new LiveFolders(order.live);
    this.#isLeftOut = leftOutBy(order.leaveOut);
  }

  look(member: IndexMember): void {
    const relative = pathBelow(member.name, this.#order.tree.name);
    const key = relative.toString('latin1');
    const facts = this.#factsOf(member);
    if (member.kind !== 'hardlink') this.#facts.set(key, facts);
    if (!this.#isAsked(key) || this.#isLeftOut(relative)) return;
    const state = this.#stateOf(relative, facts);
    const { keepNewer } = this.#order;
    if (keepNewer && state === 'covered') this.#covered.push(relative);
    if (keepNewer && (state === 'same' || state === 'covered')) return;
    this.#wanted.add(key);
    if (member.kind === 'directory') return;
    this.#counts.bytes += facts.sizeBytes;
    if (state === 'absent') this.#counts.inserted += 1;
    else if (state !== 'same') this.#counts.overwritten += 1;
  }

  result(): MergeSelection {
    const { asked = [] } = this.#order;
    const missing = asked.filter((path) => !this.#found.has(path));
    for (const key of [...this.#wanted]) this.#addWay(key);
    const problems = this.#live.problems([...this.#wanted]);
    const warnings = this.#covered.slice(0, coveredAtMost).map((path) => {
      return `"${this.#live.pathOf(path).toString()}" is a folder now and stays; it was a file`;
    });
    return { ...this.#counts, missing, problems, warnings, members: () => this.#members() };
  }

  #factsOf({ kind, sizeBytes, mtimeNs, linkTarget }: IndexMember): Facts {
    if (kind !== 'hardlink') {
      return kind === 'symlink' && linkTarget !== undefined
        ? { kind, sizeBytes, mtimeNs, linkTarget }
        : { kind, sizeBytes, mtimeNs };
    }
    const target = linkTarget === undefined ? undefined : this.#keyOfTarget(linkTarget);
    const found = target === undefined ? undefined : this.#facts.get(target);
    return found ?? { kind: 'file', sizeBytes, mtimeNs };
  }

  #keyOfTarget(target: Buffer): string | undefined {
    const root = Buffer.from(`${this.#order.tree.name}/`);
    if (!target.subarray(0, root.length).equals(root)) return undefined;
    return target.subarray(root.length).toString('latin1');
  }

  #isAsked(key: string): boolean {
    const { asked } = this.#order;
    if (asked === undefined) return true;
    const path = Buffer.from(key, 'latin1').toString();
    const found = asked.find((one) => one === '' || path === one || path.startsWith(`${one}/`));
    if (found === undefined) return false;
    this.#found.add(found);
    return true;
  }

  /** `covered`: a folder stands where the backup has a file. */
  #stateOf(relative: Buffer, then: Facts): 'absent' | 'same' | 'differs' | 'covered' {
    const now = this.#live.entry(relative);
    if (now === undefined) return 'absent';
    if (now.stat.isDirectory()) return then.kind === 'directory' ? 'same' : 'covered';
    return isSame(then, now.path, now.stat) ? 'same' : 'differs';
  }

  #addWay(key: string): void {
    for (let at = key; at !== ''; ) {
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
      if (this.#wanted.has(at)) return;
      this.#wanted.add(at);
    }
  }

  async *#members(): AsyncGenerator<IndexMember> {
    const { tree } = this.#order;
    for await (const member of tree.members()) {
      const key = pathBelow(member.name, tree.name).toString('latin1');
      if (!this.#wanted.has(key)) continue;
      yield member.kind === 'hardlink' ? await this.#asOwnFile(member) : member;
    }
  }

  /** A hard link to a file that does not come back becomes a file of its own. */
  async #asOwnFile(member: IndexMember): Promise<IndexMember> {
    const { linkTarget } = member;
    const target = linkTarget === undefined ? undefined : this.#keyOfTarget(linkTarget);
    if (target === undefined || this.#wanted.has(target)) return member;
    for await (const other of this.#order.tree.members()) {
      const isTarget = other.kind !== 'hardlink' && linkTarget?.equals(other.name) === true;
      if (isTarget) return { ...other, name: member.name };
    }
    return member;
  }
}

/** To the microsecond: more a restored time does not hold. */
function isSame(then: Facts, path: Buffer, now: BigIntStats): boolean {
  switch (then.kind) {
    case 'file': {
      const apart = then.mtimeNs - now.mtimeNs;
      const isNear = apart > -1000n && apart < 1000n;
      return now.isFile() && BigInt(then.sizeBytes) === now.size && isNear;
    }
    case 'symlink': {
      const target = now.isSymbolicLink() ? readlinkSync(path, { encoding: 'buffer' }) : undefined;
      return target !== undefined && then.linkTarget?.equals(target) === true;
    }
    case 'fifo':
      return now.isFIFO();
    case 'directory':
    case 'hardlink':
      return false;
    default:
      return then.kind satisfies never;
  }
}
