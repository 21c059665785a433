import { join } from 'node:path';
import type { IndexMember } from '../archive/member.ts';
import { sourceOf } from '../archive/member-name.ts';
import type { ContentWatcher } from '../archive/verify-members.ts';
import type { Chain } from '../chain/chain.ts';
import { removeFile } from '../os/files.ts';
import { createNewFile, type NewFile } from '../os/new-file.ts';
import type { Work } from '../os/work.ts';
import { WriteBehind } from '../os/write-behind.ts';
import type { ContentCheck } from '../sources/content-check.ts';
import type { IntegrityCheck } from '../sources/integrity.ts';
import { contentCheckOf, integrityCheckOf } from '../sources/source-kinds.ts';
import { namingSpace, refuseWithoutSpace } from './space.ts';

/** Has the engines check the content of their members: each laid out as a file in scratch, or all of a source in passing. */
export class MemberChecks {
  /** What is wrong, a line each; none: all that was checked is sound. */
  readonly problems: string[] = [];
  readonly #work: Work;
  readonly #checked = new Set<string>();
  /** By source. */
  readonly #whole = new Map<string, ContentCheck>();

  constructor(work: Work) {
    this.#work = work;
  }

  /** Whether an engine checks this member. */
  static has(member: IndexMember): boolean {
    const { kind, engine = '' } = member;
    const checks = [integrityCheckOf(engine), contentCheckOf(engine)];
    return kind === 'file' && checks.some((check) => check !== undefined);
  }

  /** Checks a member while it is read for something else; undefined: no engine checks it. */
  async watch(member: IndexMember): Promise<ContentWatcher | undefined> {
    if (!MemberChecks.has(member)) return undefined;
    const open = contentCheckOf(member.engine ?? '');
    if (open !== undefined) return this.#inPassing(member, open);
    const folder = this.#work.scratch;
    await refuseWithoutSpace([{ folder, bytes: member.sizeBytes }]);
    const path = join(folder, 'check');
    const file = await this.#naming(async () => createNewFile(path));
    const writer = new WriteBehind(file);
    let position = 0;
    return {
      write: async (bytes) => {
        await this.#naming(() => writer.write(bytes, position));
        position += bytes.length;
      },
      end: async () => {
        await this.#naming(() => writer.settled());
        await this.#naming(() => this.#check(member, path, file));
      },
      [Symbol.asyncDispose]: async () => {
        await writer[Symbol.asyncDispose]();
        await file[Symbol.asyncDispose]();
        // Opening a database in WAL mode puts two files beside it.
        for (const suffix of ['', '-wal', '-shm', '-journal']) await removeFile(`${path}${suffix}`);
      },
    };
  }

  /** All that was not watched. */
  async checkRest(chain: Chain, withoutBase = false): Promise<void> {
    const { signal } = this.#work;
    for await (const member of chain.members()) {
      signal.throwIfAborted();
      if (!MemberChecks.has(member) || this.#checked.has(keyOf(member))) continue;
      if (withoutBase && member.fromBase === true) continue;
      await using watcher = await this.watch(member);
      let done = 0;
      for await (const bytes of chain.content(member, signal)) {
        await watcher?.write(bytes);
        done += bytes.length;
        this.#work.progress(`extract ${member.name.toString()}`, done, member.sizeBytes);
      }
      await watcher?.end();
    }
    // Of what is in the base nothing was read.
    if (!withoutBase) for (const [source, check] of this.#whole) this.#note(source, check.result());
  }

  #inPassing(member: IndexMember, open: () => ContentCheck): ContentWatcher {
    const source = sourceOf(member.name);
    const check = this.#whole.get(source) ?? open();
    this.#whole.set(source, check);
    const part = check.part(member.name.toString().slice(source.length + 1));
    return {
      write: async (bytes) => part.write(bytes),
      end: async () => {
        part.end();
        this.#checked.add(keyOf(member));
      },
      [Symbol.asyncDispose]: async () => undefined,
    };
  }

  async #check(member: IndexMember, path: string, file: NewFile): Promise<void> {
    await file[Symbol.asyncDispose]();
    const name = member.name.toString();
    this.#work.progress(`check ${name}`, 0, 0);
    const found = integrityCheckOf(member.engine ?? '')?.(path);
    if (found !== undefined) this.#note(name, found);
    this.#checked.add(keyOf(member));
  }

  #note(name: string, { problem, notes }: IntegrityCheck): void {
    for (const note of notes) this.#work.log('warning', `${name}: ${note}`);
    if (problem !== undefined) this.problems.push(`${name}: ${problem}`);
  }

  async #naming<T>(act: () => Promise<T>): Promise<T> {
    return await act().catch(async (error: unknown) => {
      throw await namingSpace(error, this.#work.scratch, 0);
    });
  }
}

function keyOf(member: IndexMember): string {
  return member.name.toString('latin1');
}
