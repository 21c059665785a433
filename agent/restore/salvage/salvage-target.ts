import { createHash, hash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { LossReason, LostMember } from '../../../protocol/domain/salvage.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import type { MemberHeader } from '../../archive/member.ts';
import { ownFolder, sourceOf } from '../../archive/member-name.ts';
import { errorMessage } from '../../os/error-code.ts';
import { createFile, makeFolder, removeFile, writeAt } from '../../os/files.ts';
import { makeNewFolder, truncateFile } from '../../os/make-entries.ts';
import {
  beginExtraction,
  type Extraction,
  extractMember,
  finishFolders,
  isTaken,
  placeFile,
} from '../../sources/files/extract-tree.ts';
import type { FoundMember } from './finding.ts';
import { isOfMetadata, lossOf } from './loss-of.ts';

/** What became of a member. */
export type Saved =
  | {
      readonly kind: 'whole';
      readonly proof?: 'hash' | 'frame checksum';
      readonly differs: boolean;
    }
  /** It waits for `finish`, which gives it its name. */
  | { readonly kind: 'partial' }
  | { readonly kind: 'lost'; readonly reason: LossReason; readonly detail?: string };

export interface PartialMember {
  readonly header: MemberHeader;
  readonly path: string;
  readonly reason: LossReason;
  readonly lost: LostMember['parts'];
}

/** Up to here content is read whole before anything is written. */
const smallLimit = 1 << 20;
const ownNames = new Set(['README.txt', 'application.jsonc', 'SHA256SUMS']);

/** Where a salvage puts what it finds. Nothing is written outside, and nothing under its name that is not whole. */
export class SalvageTarget {
  readonly #folder: string;
  readonly #signal: AbortSignal;
  readonly #onBytes: (bytes: number) => void;
  readonly #extractions = new Map<string, Extraction>();
  readonly #partial: (PartialMember & { readonly file: string })[] = [];
  /** How often and why the system refused to set owner, mode or time, as on file systems that have none. */
  #noMetadata: { readonly count: number; readonly why: string } | undefined;
  #files = 0;

  private constructor(folder: string, signal: AbortSignal, onBytes: (bytes: number) => void) {
    this.#folder = folder;
    this.#signal = signal;
    this.#onBytes = onBytes;
  }

  /** Fails with folder-not-empty. */
  static async open(
    folder: string,
    signal: AbortSignal,
    onBytes: (bytes: number) => void,
  ): Promise<SalvageTarget> {
    await makeFolder(folder);
    if ((await readdir(folder)).length > 0)
      throw new KedgeError('folder-not-empty', { path: folder });
    await makeNewFolder(join(folder, ownFolder));
    return new SalvageTarget(folder, signal, onBytes);
  }

  /** Throws what ends the whole, such as a full disk. */
  async save(member: FoundMember): Promise<Saved> {
    try {
      if (member.header.kind !== 'file') {
        await this.#finished(
          extractMember(this.#treeOf(member.header.name), member.header, nothing),
        );
        return { kind: 'whole', differs: false };
      }
      return member.header.sizeBytes <= smallLimit
        ? await this.#saveSmall(member)
        : await this.#saveLarge(member);
    } catch (error) {
      return lossOf(error, member.header);
    }
  }

  /** What of owners and attributes did not come back, in words. */
  get notes(): readonly string[] {
    const ofTrees = [...this.#extractions.values()].flatMap(({ finisher }) => finisher.notes);
    if (this.#noMetadata === undefined) return ofTrees;
    const { count, why } = this.#noMetadata;
    return [...ofTrees, `${count} came back without owner, mode or time: ${why}`];
  }

  /** Puts what was saved in part beside where it belongs, and sets what folders need last. */
  async finish(): Promise<readonly PartialMember[]> {
    const placed: PartialMember[] = [];
    for (const { header, file, reason, lost } of this.#partial) {
      const name = await this.#freeName(header.name);
      await this.#finished(placeFile(this.#treeOf(name), { ...header, name }, file));
      placed.push({ header, path: join(this.#folder, name.toString()), reason, lost });
    }
    for (const tree of this.#extractions.values()) await this.#finished(finishFolders(tree));
    return placed;
  }

  /** Metadata is set last, when the content is there: what is refused there is no loss. */
  async #finished(making: Promise<void>): Promise<void> {
    await making.catch((error: unknown) => {
      if (!isOfMetadata(error)) throw error;
      const { count, why } = this.#noMetadata ?? { count: 0, why: errorMessage(error) };
      this.#noMetadata = { count: count + 1, why };
    });
  }

  async #saveSmall(member: FoundMember): Promise<Saved> {
    const parts: Buffer[] = [];
    for await (const part of member.content(this.#signal)) {
      if (typeof part === 'number') return { kind: 'lost', reason: 'damaged' };
      parts.push(Buffer.from(part));
    }
    const content = Buffer.concat(parts);
    const proven = proofOf(member, hash('sha256', content));
    if (proven.kind === 'whole') {
      const tree = this.#treeOf(member.header.name);
      const whole = async function* () {
        yield content;
      };
      await this.#finished(extractMember(tree, member.header, whole));
    }
    return proven;
  }

  async #saveLarge(member: FoundMember): Promise<Saved> {
    const tree = this.#treeOf(member.header.name);
    const file = join(this.#folder, ownFolder, `unfinished-${this.#files++}`);
    let isKept = false;
    try {
      const { sha256, lost, written } = await this.#write(member, file);
      if (lost.length === 0) {
        const proven = proofOf(member, sha256);
        if (proven.kind === 'whole') await this.#finished(placeFile(tree, member.header, file));
        return proven;
      }
      const reason = member.cutOff === true ? 'cut off' : 'damaged';
      if (written === 0) return { kind: 'lost', reason };
      isKept = true;
      this.#partial.push({ header: member.header, path: '', reason, lost, file });
      return { kind: 'partial' };
    } finally {
      if (!isKept) await removeFile(file);
    }
  }

  async #write(member: FoundMember, path: string) {
    await using file = await createFile(path);
    const { sizeBytes } = member.header;
    const sum = createHash('sha256');
    const lost: { at: number; bytes: number }[] = [];
    let [position, written] = [0, 0];
    for await (const part of member.content(this.#signal)) {
      this.#signal.throwIfAborted();
      if (typeof part === 'number') {
        lose(lost, position, part);
        position += part;
        continue;
      }
      sum.update(part);
      if (!isZero(part)) await writeAt(file, path, part, position);
      this.#onBytes(part.length);
      position += part.length;
      written += part.length;
    }
    if (position < sizeBytes) lose(lost, position, sizeBytes - position);
    if (written > 0) await truncateFile(file, path, sizeBytes);
    return { sha256: sum.digest('hex'), lost, written };
  }

  async #freeName(name: Buffer): Promise<Buffer> {
    for (let nth = 1; ; nth += 1) {
      const suffix = nth === 1 ? '.kedge-partial' : `.kedge-partial-${nth}`;
      const wanted = Buffer.concat([name, Buffer.from(suffix)]);
      if (!(await isTaken(this.#treeOf(wanted), wanted))) return wanted;
    }
  }

  #treeOf(name: Buffer): Extraction {
    const source = sourceOf(name);
    const known = this.#extractions.get(source);
    if (known !== undefined) return known;
    const root = join(this.#folder, source);
    const tree = beginExtraction(source, root, this.#onBytes, this.#signal);
    // That folder stands already, and only what belongs there may go into it.
    if (`${source}/` === ownFolder) tree.folders.add('');
    this.#extractions.set(source, tree);
    return tree;
  }
}

/** Whether one of Kedge's own members is what it brings back; others could take the place of its files. */
export function isBroughtBack(name: Buffer): boolean {
  const text = name.toString('latin1');
  const isOwnName = text === ownFolder.slice(0, -1) || text.startsWith(ownFolder);
  return !isOwnName || ownNames.has(text.slice(ownFolder.length));
}

function proofOf({ expected }: FoundMember, sha256: string): Saved {
  const isRight = expected?.sha256 === sha256;
  if (isRight) return { kind: 'whole', proof: 'hash', differs: false };
  if (expected?.soft === false) return { kind: 'lost', reason: 'another content' };
  return { kind: 'whole', proof: 'frame checksum', differs: expected !== undefined };
}

function lose(lost: { at: number; bytes: number }[], at: number, bytes: number): void {
  const last = lost.at(-1);
  if (last !== undefined && last.at + last.bytes === at) last.bytes += bytes;
  else lost.push({ at, bytes });
}

const zeros = Buffer.alloc(smallLimit);

function isZero(part: Buffer): boolean {
  return part.length <= zeros.length && part.equals(zeros.subarray(0, part.length));
}

async function* nothing(): AsyncGenerator<Buffer> {}
