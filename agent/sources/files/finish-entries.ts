import { basename } from 'node:path';
import type { MemberHeader } from '../../archive/member.ts';
import { showName } from '../../archive/member-name.ts';
import { type Attribute, accessAcl, bytesOf, defaultAcl } from '../../os/attributes/attribute.ts';
import { type RefusedAttribute, writeAttributes } from '../../os/attributes/write-attributes.ts';
import { setMetadata } from '../../os/entry-metadata.ts';
import { restoredMetadata } from '../write-member.ts';
import { Losses } from './losses.ts';

/** How much waits to be set by one call of setfattr, which takes milliseconds to start. */
const entriesAtMost = 1024;
const bytesAtMost = 4 << 20;

interface Waiting {
  readonly path: Buffer;
  readonly member: MemberHeader;
  readonly attributes: readonly Attribute[];
}

/**
 * Sets owner, mode, times and extended attributes of what a restore made. Entries without attributes are
 * finished at once, the others in batches: their attributes first, because a mode may forbid to set them.
 */
export class EntryFinisher {
  readonly #signal: AbortSignal;
  readonly #losses = new Losses();
  readonly #inherited: string[] = [];
  #waiting: Waiting[] = [];
  #bytes = 0;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  async finish(path: Buffer, member: MemberHeader): Promise<void> {
    if (member.kind === 'hardlink') return;
    if (!this.#enqueue(path, member)) return await setAll(path, member);
    if (this.#isFull()) await this.flush();
  }

  /** Before anything that waits is replaced, and at the end. */
  async flush(): Promise<void> {
    for (const { path, member } of await this.#writeWaiting()) await setAll(path, member);
  }

  /** Deepest first: a folder may be closed to its own owner once its mode is set. */
  async finishFolders(folders: readonly (readonly [Buffer, MemberHeader])[]): Promise<void> {
    await this.flush();
    for (const [path, member] of folders) {
      if (this.#enqueue(path, member) && this.#isFull()) await this.#writeWaiting();
    }
    await this.#writeWaiting();
    for (const [path, member] of folders) await setAll(path, member);
  }

  /** What a new root has inherited and could not be freed of. */
  addInherited(refused: readonly RefusedAttribute[]): void {
    for (const { path, name, reason } of refused) {
      const whose = showName(Buffer.from(basename(path.toString())));
      this.#inherited.push(`${whose} came back with the ${name} of its folder: ${reason}`);
    }
  }

  /** What did not come back, in words. */
  get notes(): readonly string[] {
    return [...this.#inherited, ...this.#losses.notes];
  }

  /** Whether it has attributes, with which it waits. */
  #enqueue(path: Buffer, member: MemberHeader): boolean {
    if (hasLostBits(member)) this.#losses.add(member.name, setIdBits, 'no restore brings it');
    const attributes = this.#restorable(member);
    if (attributes.length === 0) return false;
    this.#waiting.push({ path, member, attributes });
    this.#bytes += bytesOf(attributes);
    return true;
  }

  #isFull(): boolean {
    return this.#waiting.length >= entriesAtMost || this.#bytes >= bytesAtMost;
  }

  async #writeWaiting(): Promise<readonly Waiting[]> {
    const waiting = this.#waiting;
    [this.#waiting, this.#bytes] = [[], 0];
    for (const refused of await writeAttributes(waiting, this.#signal)) {
      this.#addRefused(waiting, refused);
    }
    return waiting;
  }

  #restorable(member: MemberHeader): readonly Attribute[] {
    return (member.attributes ?? []).filter((attribute) => {
      const name = attribute.name.toString();
      if (isRestored(name)) return true;
      this.#losses.add(member.name, name, 'no restore brings it');
      return false;
    });
  }

  #addRefused(waiting: readonly Waiting[], { path, name, reason }: RefusedAttribute): void {
    const found = waiting.find((one) => one.path === path);
    this.#losses.add(found?.member.name ?? path, name, reason);
  }
}

const setIdBits = 'the set-user-ID or set-group-ID bit';

async function setAll(path: Buffer, member: MemberHeader): Promise<void> {
  if (member.kind === 'hardlink') return;
  await setMetadata(path, member.kind, restoredMetadata(member));
}

function hasLostBits(member: MemberHeader): boolean {
  const lost = member.kind === 'directory' ? 0o4000 : 0o6000;
  return member.kind !== 'symlink' && (member.mode & lost) !== 0;
}

/**
 * An archive is hostile input: capabilities give rights as set-user-ID does, and what the kernel measures
 * (ima, evm) belongs to one inode. All else of `security` and `system` is unknown here.
 */
function isRestored(name: string): boolean {
  const known = [accessAcl, defaultAcl, 'security.selinux'];
  return name.startsWith('user.') || name.startsWith('trusted.') || known.includes(name);
}
