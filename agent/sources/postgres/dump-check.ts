import { errorMessage } from '../../os/error-code.ts';
import type { ContentCheck, PartCheck } from '../content-check.ts';
import { collectedPart, ignoredPart } from '../dumps/collected-part.ts';
import type { IntegrityCheck } from '../integrity.ts';
import type { RowCounts } from '../row-counts.ts';
import { contentsName, DumpFacts, dumpFolder, factsName } from './dump-facts.ts';
import { RowCounter } from './row-counter.ts';

/** A text of this length describes a hundred thousand tables. */
const factsBytesAtMost = 64 * 1024 * 1024;
/** How the list of contents of every dump begins. */
const magic = Buffer.from('PGDMP');

/** Holds all that is in a dump against what its facts say, in whatever order it is read. */
export class DumpCheck implements ContentCheck {
  readonly #rows = new Map<string, number | string>();
  #facts: DumpFacts | string = `it has no ${factsName}`;
  #contents: string | undefined = `it has no ${contentsName}`;

  /** `path` below the source. */
  part(path: string): PartCheck {
    if (path === factsName)
      return collectedPart(factsBytesAtMost, (bytes) => this.#readFacts(bytes));
    if (path === contentsName)
      return collectedPart(magic.length, (bytes) => this.#readContents(bytes));
    const [, file] = /^dump\/(\d+\.dat)$/.exec(path) ?? [];
    return file === undefined ? ignoredPart : this.#counted(file);
  }

  get facts(): DumpFacts | undefined {
    return typeof this.#facts === 'string' ? undefined : this.#facts;
  }

  result(): IntegrityCheck {
    const problem = this.#problem();
    return problem === undefined ? { notes: this.#notes() } : { problem, notes: [] };
  }

  counts(): RowCounts {
    const tables = this.facts?.tables ?? [];
    return {
      tables: tables.map(({ table, file, rows }) => ({ table, rows: rows ?? this.#found(file) })),
      notes: [],
    };
  }

  #found(file: string): number {
    const found = this.#rows.get(file);
    return typeof found === 'number' ? found : 0;
  }

  #counted(file: string): PartCheck {
    const counter = new RowCounter();
    return {
      write: (bytes) => counter.write(bytes),
      end: () => void this.#rows.set(file, counter.rows()),
    };
  }

  #readFacts(bytes: Buffer): void {
    try {
      this.#facts = DumpFacts.parse(JSON.parse(bytes.toString()));
    } catch (error) {
      this.#facts = `its ${factsName} can't be read: ${errorMessage(error)}`;
    }
  }

  #readContents(bytes: Buffer): void {
    this.#contents = bytes.equals(magic) ? undefined : `its ${contentsName} is none of a dump`;
  }

  #problem(): string | undefined {
    if (typeof this.#facts === 'string') return this.#facts;
    if (this.#contents !== undefined) return this.#contents;
    for (const { table, file, rows } of this.#facts.tables) {
      const found = this.#rows.get(file) ?? `${dumpFolder}/${file} is missing`;
      if (found === rows || (rows === undefined && typeof found === 'number')) continue;
      const what = typeof found === 'string' ? found : `${found} rows instead of ${rows}`;
      return `table "${table}": ${what}`;
    }
    return undefined;
  }

  #notes(): readonly string[] {
    const why = this.facts?.withoutGlobals;
    return why === undefined ? [] : [`the roles of the server are not beside it: ${why}`];
  }
}
