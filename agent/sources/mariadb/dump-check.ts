import * as z from 'zod';
import { errorMessage } from '../../os/error-code.ts';
import type { ContentCheck, PartCheck } from '../content-check.ts';
import { collectedPart, ignoredPart } from '../dumps/collected-part.ts';
import type { IntegrityCheck } from '../integrity.ts';
import type { RowCounts } from '../row-counts.ts';
import { CodeObject, codeKey } from './code-object.ts';
import {
  codeName,
  DumpFacts,
  factsName,
  objectsName,
  tablesFolder,
  viewsName,
} from './dump-facts.ts';
import { codeMadeIn, viewsMadeIn } from './made-in.ts';
import { dumpEnd, RowCounter } from './row-counter.ts';

/** A text of this length describes a hundred thousand tables, or is code that nobody has written. */
const textBytesAtMost = 64 * 1024 * 1024;

/** Holds all that is in a dump against what its facts say, in whatever order it is read. */
export class MariadbDumpCheck implements ContentCheck {
  readonly #rows = new Map<string, number | string>();
  readonly #texts = new Map<string, string>();
  #facts: DumpFacts | string = `it has no ${factsName}`;
  #objects: readonly CodeObject[] | string = [];

  /** `path` below the source. */
  part(path: string): PartCheck {
    if (path === factsName)
      return read(path, DumpFacts, (facts) => {
        this.#facts = facts;
      });
    if (path === objectsName)
      return read(path, z.array(CodeObject), (objects) => {
        this.#objects = objects;
      });
    if (path === viewsName || path === codeName)
      return collectedPart(textBytesAtMost, (bytes) => {
        this.#texts.set(path, bytes.toString());
      });
    return path.startsWith(`${tablesFolder}/`)
      ? this.#counted(path.slice(tablesFolder.length + 1))
      : ignoredPart;
  }

  get facts(): DumpFacts | undefined {
    return typeof this.#facts === 'string' ? undefined : this.#facts;
  }

  /** Views and code, each as it is made. */
  get objects(): readonly CodeObject[] {
    return typeof this.#objects === 'string' ? [] : this.#objects;
  }

  result(): IntegrityCheck {
    const problem = this.#problem();
    return problem === undefined ? { notes: [] } : { problem, notes: [] };
  }

  counts(): RowCounts {
    const tables = this.facts?.tables ?? [];
    return {
      tables: tables.flatMap(({ table, rows }) => (rows === undefined ? [] : { table, rows })),
      notes: [],
    };
  }

  #counted(file: string): PartCheck {
    const counter = new RowCounter();
    return {
      write: (bytes) => counter.write(bytes),
      end: () => void this.#rows.set(file, counter.rows()),
    };
  }

  #problem(): string | undefined {
    if (typeof this.#facts === 'string') return this.#facts;
    if (typeof this.#objects === 'string') return this.#objects;
    const { tables, views, code } = this.#facts;
    for (const { table, file, rows = 0 } of tables) {
      const found = this.#rows.get(file) ?? `${tablesFolder}/${file} is missing`;
      if (found === rows) continue;
      const what = typeof found === 'string' ? found : `${found} rows instead of ${rows}`;
      return `table "${table}": ${what}`;
    }
    const keys = [...views.map((name) => codeKey({ kind: 'view', name })), ...code.map(codeKey)];
    const objects = new Set(this.#objects.map(codeKey));
    const absent = keys.find((key) => !objects.has(key));
    if (absent !== undefined) return `${absent} is not in ${objectsName}`;
    return (
      this.#missing(
        viewsName,
        views.map((view) => `view "${view}"`),
        quotedViews,
      ) ?? this.#missing(codeName, code.map(codeKey), codeMadeIn)
    );
  }

  /** What should be made in a file and is not. */
  #missing(
    path: string,
    expected: readonly string[],
    madeIn: (text: string) => readonly string[],
  ): string | undefined {
    if (expected.length === 0) return undefined;
    const text = this.#texts.get(path);
    if (text === undefined) return `${path} is missing`;
    if (!text.endsWith(dumpEnd.toString())) return `${path} breaks off`;
    const made = new Set(madeIn(text));
    const absent = expected.find((each) => !made.has(each));
    return absent === undefined ? undefined : `${absent} is not in ${path}`;
  }
}

/** The JSON of a part; what can't be read is told instead. */
function read<T>(path: string, schema: z.ZodType<T>, use: (read: T | string) => void): PartCheck {
  return collectedPart(textBytesAtMost, (bytes) => {
    try {
      use(schema.parse(JSON.parse(bytes.toString())));
    } catch (error) {
      use(`its ${path} can't be read: ${errorMessage(error)}`);
    }
  });
}

const quotedViews = (text: string): readonly string[] =>
  viewsMadeIn(text).map((view) => `view "${view}"`);
