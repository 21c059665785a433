import { hash } from 'node:crypto';
import type { NewMember } from './archive-writer.ts';
import type { BaseMembers } from './base-members.ts';
import { deltaBaseOf, writeDeltas } from './delta-writer.ts';
import type { FrameWriter } from './frame-writer.ts';
import { encodeRemovedLine } from './index-line.ts';
import type { IndexMember } from './member.ts';
import type { MemberLedger, SumsOutside } from './member-ledger.ts';
import { Spool } from './spool.ts';

/** Of a differential being written: what of its members the base has already, and what is gone. */
export class BaseChanges implements AsyncDisposable {
  readonly #base: BaseMembers;
  readonly #frames: FrameWriter;
  readonly #members: MemberLedger;
  readonly #signal: AbortSignal;
  readonly #gone: Spool;
  #goneLines = 0;

  constructor(
    base: BaseMembers,
    frames: FrameWriter,
    members: MemberLedger,
    path: string,
    signal: AbortSignal,
  ) {
    this.#base = base;
    this.#frames = frames;
    this.#members = members;
    this.#signal = signal;
    this.#gone = new Spool(`${path}.gone`);
  }

  readonly sumsOutside: SumsOutside = (names) => this.#base.sumsOf(names);

  get goneLines(): number {
    return this.#goneLines;
  }

  get goneBytes(): number {
    return this.#gone.length;
  }

  /** Whether nothing is left to write of this member: it is unchanged, or its deltas are written. */
  async take(
    member: NewMember,
    closeBundle: () => Promise<void>,
    onBytes: (bytes: number) => void,
  ): Promise<boolean> {
    const { header, engine } = member;
    const before = this.#base.fateOf(header.name);
    if (this.#isUnchanged(member)) {
      if (before === 'gone') this.#members.tallyUnchanged({ ...header, engine }, 1);
      this.#base.setFate(header.name, 'unchanged');
      onBytes(header.sizeBytes);
      return true;
    }
    // It came before and was unchanged then.
    if (before === 'unchanged') this.#takeBack(member);
    this.#base.setFate(header.name, 'changed');
    const old = this.#base.indexOnly ? undefined : deltaBaseOf(this.#base, member);
    if (old === undefined) return false;
    await closeBundle();
    const onBlock = (block: Buffer) => onBytes(block.length);
    const placed = await writeDeltas(this.#frames, this.#base, old, member, onBlock, this.#signal);
    await this.#members.add({ ...header, ...placed, engine });
    return true;
  }

  /** Notes what the base has of these sources and was not met. */
  async findGone(sources: ReadonlySet<string>): Promise<void> {
    for await (const name of this.#base.gone(sources)) {
      await this.#gone.append(encodeRemovedLine(name));
      this.#goneLines += 1;
    }
  }

  gone(): AsyncGenerator<Buffer> {
    return this.#gone.read();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#gone[Symbol.asyncDispose]();
  }

  #isUnchanged({ header, content, unchanged }: NewMember): boolean {
    if (unchanged === true) return true;
    if (header.kind === 'file') {
      return content instanceof Uint8Array && this.#base.isSame(header, hash('sha256', content));
    }
    if (!this.#base.isSame(header, undefined)) return false;
    // A hard link goes with its target.
    return header.kind !== 'hardlink' || this.#isUnchangedTarget(header);
  }

  #isUnchangedTarget({ linkTarget }: NewMember['header']): boolean {
    return linkTarget !== undefined && this.#base.fateOf(linkTarget) === 'unchanged';
  }

  #takeBack({ header, engine }: NewMember): void {
    const old: IndexMember | undefined = this.#base.large(header.name);
    const sizeBytes = header.kind === 'file' ? (old?.sizeBytes ?? header.sizeBytes) : 0;
    this.#members.tallyUnchanged({ ...header, sizeBytes, engine }, -1);
  }
}
