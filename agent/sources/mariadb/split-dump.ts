import { join } from 'node:path';
import { openFile, writeAt } from '../../os/files.ts';
import { createNewFile, type NewFile } from '../../os/new-file.ts';
import { dumpEnd, RowCounter } from './row-counter.ts';
import { tableFile } from './table-file.ts';

/** A table, or a sequence, as it came by in a dump. */
export interface DumpedTable {
  readonly table: string;
  readonly kind: 'table' | 'sequence';
  readonly file: string;
  readonly rows: number;
  /** In bytes. */
  readonly longestLine: number;
}

interface Open {
  readonly table: string;
  readonly kind: DumpedTable['kind'];
  readonly path: string;
  readonly file: NewFile;
  readonly counter: RowCounter;
  position: number;
}

/** Before every part of a dump. A line break in a text stands there as `\n`, so no row looks like it. */
const mark = Buffer.from('\n--\n-- ');
const markEnd = Buffer.from('\n--\n');
const titlePattern = /^(Table|Sequence) structure for (?:table )?`(.*)`$/s;
/** What comes behind the last table. */
const footMark = Buffer.from('\n/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;\n');
/** Longer than any of the two, with a name of 64 characters in it. */
const longestMark = 1024;
/** Of head or foot; they have some lines. */
const wordsAtMost = 64 * 1024;

/** Cuts a dump of many tables, while it is made, into a file for each, all with its head and its foot. */
export class DumpSplitter implements AsyncDisposable {
  readonly #folder: string;
  #rest: Buffer = Buffer.alloc(0);
  #head: Buffer = Buffer.alloc(0);
  #foot: Buffer | undefined;
  #open: Open | undefined;
  readonly #done: (DumpedTable & { readonly path: string; readonly sizeBytes: number })[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  async write(bytes: Uint8Array): Promise<void> {
    const block = this.#rest.length === 0 ? Buffer.from(bytes) : Buffer.concat([this.#rest, bytes]);
    const at = await this.#parts(block, Math.max(0, block.length - longestMark));
    this.#rest = Buffer.from(block.subarray(at));
  }

  /** Everything was there: what came by, in its order. Throws where it breaks off. */
  async end(): Promise<readonly DumpedTable[]> {
    const at = await this.#parts(this.#rest, this.#rest.length);
    await this.#take(this.#rest.subarray(at));
    const foot = this.#foot ?? Buffer.alloc(0);
    if (!foot.subarray(-dumpEnd.length).equals(dumpEnd)) throw new Error('the dump breaks off');
    await this.#close();
    for (const { path, sizeBytes } of this.#done) await append(path, foot, sizeBytes);
    return this.#done.map(({ path: _path, sizeBytes: _size, ...table }) => table);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#open?.file[Symbol.asyncDispose]();
  }

  /** Takes what can't be the beginning of a mark, and all marks that begin before `until`; answers how far it came. */
  async #parts(block: Buffer, until: number): Promise<number> {
    let [from, look] = [0, 0];
    for (;;) {
      const at = nextMark(block, look);
      if (at >= until) break;
      look = at + 1;
      const title = titleAt(block, at);
      const isFoot = block.subarray(at, at + footMark.length).equals(footMark);
      if (title === undefined && !isFoot) continue;
      await this.#take(block.subarray(from, at));
      from = at;
      if (title === undefined) this.#foot ??= Buffer.alloc(0);
      else await this.#begin(title);
    }
    const upTo = Math.max(from, until);
    await this.#take(block.subarray(from, upTo));
    return upTo;
  }

  async #take(bytes: Buffer): Promise<void> {
    if (this.#foot !== undefined) this.#foot = words(this.#foot, bytes);
    else if (this.#open === undefined) this.#head = words(this.#head, bytes);
    else await add(this.#open, bytes);
  }

  async #begin({ table, kind }: Pick<DumpedTable, 'table' | 'kind'>): Promise<void> {
    if (this.#foot !== undefined) throw new Error(`table "${table}" comes after its end`);
    await this.#close();
    const path = join(this.#folder, tableFile(table));
    const file = createNewFile(path);
    this.#open = { table, kind, path, file, counter: new RowCounter(), position: 0 };
    await add(this.#open, this.#head);
  }

  async #close(): Promise<void> {
    if (this.#open === undefined) return;
    const { table, kind, path, file, counter, position: sizeBytes } = this.#open;
    await file[Symbol.asyncDispose]();
    this.#open = undefined;
    const { rowsSoFar: rows, longestLine } = counter;
    this.#done.push({ table, kind, file: tableFile(table), rows, longestLine, path, sizeBytes });
  }
}

function nextMark(block: Buffer, from: number): number {
  const found = [block.indexOf(mark, from), block.indexOf(footMark, from)].filter((at) => at >= 0);
  return Math.min(Number.POSITIVE_INFINITY, ...found);
}

/** Of the mark at this place; undefined: of one that begins no table. */
function titleAt(block: Buffer, at: number): Pick<DumpedTable, 'table' | 'kind'> | undefined {
  const from = at + mark.length;
  const end = block.indexOf(markEnd, from);
  if (!block.subarray(at, from).equals(mark) || end === -1 || end > at + longestMark)
    return undefined;
  const [, what, quoted] = titlePattern.exec(block.toString('utf8', from, end)) ?? [];
  if (what === undefined || quoted === undefined) return undefined;
  return {
    table: quoted.replaceAll('``', '`'),
    kind: what === 'Table' ? 'table' : 'sequence',
  };
}

function words(before: Buffer, bytes: Buffer): Buffer {
  if (before.length + bytes.length > wordsAtMost) throw new Error('this is no dump of tables');
  return Buffer.concat([before, bytes]);
}

async function add(open: Open, bytes: Buffer): Promise<void> {
  if (bytes.length === 0) return;
  open.counter.write(bytes);
  await open.file.write(bytes, open.position);
  open.position += bytes.length;
}

async function append(path: string, bytes: Buffer, position: number): Promise<void> {
  await using file = await openFile(path);
  await writeAt(file, path, bytes, position);
}
