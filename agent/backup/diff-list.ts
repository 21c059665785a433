import type { DiffEntry, MemberTotals, SourceDiff } from '../../protocol/domain/diff.ts';
import { Spool } from '../archive/spool.ts';
import { createFile, removeFile, syncFile, writeAt } from '../os/files.ts';

type Change = DiffEntry['change'];
/** What is lost is read first. */
const changes: readonly Change[] = ['removed', 'changed', 'added'];
/** Shown of a source, with some of each change. */
const examplesAtMost = 20;

type Counted = Pick<SourceDiff, 'removed' | 'changed' | 'added' | 'examples'>;

interface Tally {
  readonly totals: Record<Change, MemberTotals>;
  readonly examples: Record<Change, DiffEntry[]>;
}

/** What differs, line by line in spools, with sums by source: memory stays flat. */
export class DiffList implements AsyncDisposable {
  readonly #spools: Record<Change, Spool>;
  readonly #sources = new Map<string, Tally>();
  #entries = 0;

  /** Spools lie in this folder, without a name. */
  constructor(scratch: string) {
    const spool = (change: Change) => new Spool(`${scratch}/${change}`);
    this.#spools = {
      removed: spool('removed'),
      changed: spool('changed'),
      added: spool('added'),
    };
  }

  get entries(): number {
    return this.#entries;
  }

  async add(source: string, entry: DiffEntry): Promise<void> {
    const { change } = entry;
    this.#entries += 1;
    const { totals, examples } = this.#tally(source);
    const { members, bytes } = totals[change];
    const { sizeBytes } = entry.after ?? entry.before ?? { sizeBytes: 0 };
    totals[change] = { members: members + 1, bytes: bytes + sizeBytes };
    if (examples[change].length < examplesAtMost) examples[change].push(entry);
    await this.#spools[change].append(Buffer.from(`${JSON.stringify(entry)}\n`));
  }

  of(source: string): Counted {
    const { totals, examples } = this.#tally(source);
    return { ...totals, examples: someOfEach(examples) };
  }

  /** All entries as JSON lines in a new file: removed, changed, added. */
  async save(path: string): Promise<void> {
    try {
      await using file = await createFile(path);
      let position = 0;
      for (const change of changes) {
        for await (const chunk of this.#spools[change].read()) {
          await writeAt(file, path, chunk, position);
          position += chunk.length;
        }
      }
      await syncFile(file, path);
    } catch (error) {
      await removeFile(path);
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const change of changes) await this.#spools[change][Symbol.asyncDispose]();
  }

  #tally(source: string): Tally {
    const known = this.#sources.get(source);
    if (known !== undefined) return known;
    const none = { members: 0, bytes: 0 };
    const tally: Tally = {
      totals: { removed: none, changed: none, added: none },
      examples: { removed: [], changed: [], added: [] },
    };
    this.#sources.set(source, tally);
    return tally;
  }
}

/** As many of each as there is room for, in the order of the list. */
function someOfEach(examples: Record<Change, DiffEntry[]>): readonly DiffEntry[] {
  const taken: Record<Change, number> = { removed: 0, changed: 0, added: 0 };
  for (let room = examplesAtMost; room > 0; ) {
    const open = changes.filter((change) => taken[change] < examples[change].length);
    if (open.length === 0) break;
    for (const change of open.slice(0, room)) taken[change] += 1;
    room -= open.length;
  }
  return changes.flatMap((change) => examples[change].slice(0, taken[change]));
}
