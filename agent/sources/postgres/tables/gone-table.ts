import { identifier } from '../../../databases/postgres/quote.ts';
import { wordTable } from '../count-tables.ts';
import type { TableFacts } from '../dump-facts.ts';
import type { DumpEntry } from '../read-contents.ts';

/** All that belonged to a table which is in the live database no more. */
export interface GoneTable {
  readonly then: TableFacts;
  readonly schema: string;
  readonly name: string;
  readonly quoted: string;
  readonly owner: string;
  /** In their order: the table and what it needs for its rows, then the rest. */
  readonly before: readonly DumpEntry[];
  readonly after: readonly DumpEntry[];
  /** From it and to it. */
  readonly keys: readonly GoneKey[];
  /** Other objects that could not be without it, and so may have gone with it. */
  readonly dependents: readonly Dependent[];
}

interface Dependent {
  readonly kind: string;
  readonly name: string;
  readonly quoted: string;
}

/** A foreign key of a backup. */
export interface GoneKey {
  readonly name: string;
  readonly from: TableName;
  readonly to: TableName;
  /** None: it is of a kind that came after PostgreSQL 17. */
  readonly columns: { readonly from: readonly string[]; readonly to: readonly string[] };
  readonly sql: readonly string[];
}

export interface TableName {
  readonly table: string;
  readonly schema: string;
  readonly name: string;
}

const ownKinds = new Set([
  ...['SEQUENCE', 'SEQUENCE OWNED BY', 'SEQUENCE SET', 'DEFAULT', 'CONSTRAINT', 'CHECK CONSTRAINT'],
  ...['INDEX', 'STATISTICS', 'RULE', 'TRIGGER', 'POLICY', 'ROW SECURITY', 'PUBLICATION TABLE'],
  ...['COMMENT', 'ACL', 'SECURITY LABEL'],
]);
/** Others may lead to a table too; these have the name of their own in front of theirs. */
const namedWithTable = new Set([
  ...['DEFAULT', 'CONSTRAINT', 'CHECK CONSTRAINT', 'RULE', 'TRIGGER', 'POLICY'],
]);
const dependentKinds = new Set(['VIEW', 'MATERIALIZED VIEW', 'FUNCTION', 'PROCEDURE', 'TABLE']);

/** Undefined: the dump does not say it. */
export function findGoneTable(
  contents: readonly DumpEntry[],
  then: TableFacts,
): GoneTable | undefined {
  const rows = contents.find(({ id, kind }) => kind === 'TABLE DATA' && `${id}.dat` === then.file);
  const table = contents.find(
    ({ kind, oid }) => kind === 'TABLE' && rows !== undefined && oid === rows.oid,
  );
  if (rows === undefined || table === undefined) return undefined;
  const dump = new Dump(contents);
  const own = dump.ownOf(table);
  const at = contents.indexOf(rows);
  const isBefore = (entry: DumpEntry): boolean => contents.indexOf(entry) < at;
  const { schema, tag: name, owner } = table;
  return {
    then,
    schema,
    name,
    quoted: `${identifier(schema)}.${identifier(name)}`,
    owner,
    before: own.filter(isBefore),
    after: own.filter((entry) => !isBefore(entry)),
    keys: dump.keysOf(table),
    dependents: contents.flatMap((entry) =>
      dependentKinds.has(entry.kind) && entry.needs.includes(table.id) ? [dependent(entry)] : [],
    ),
  };
}

class Dump {
  readonly #contents: readonly DumpEntry[];
  readonly #tables: ReadonlyMap<number, DumpEntry>;

  constructor(contents: readonly DumpEntry[]) {
    this.#contents = contents;
    const tables = contents.filter(({ kind }) => kind === 'TABLE');
    this.#tables = new Map(tables.map((table) => [table.id, table]));
  }

  /** With the table itself, in the order in which they can be made. */
  ownOf(table: DumpEntry): readonly DumpEntry[] {
    const ids = new Set([table.id]);
    const own = [table];
    for (const entry of this.#contents) {
      if (!ownKinds.has(entry.kind) || !entry.needs.some((id) => ids.has(id))) continue;
      if (namedWithTable.has(entry.kind) && this.#tableOf(entry) !== table) continue;
      ids.add(entry.id);
      own.push(entry);
    }
    return own;
  }

  keysOf(table: DumpEntry): readonly GoneKey[] {
    return this.#contents.flatMap((entry) => {
      if (entry.kind !== 'FK CONSTRAINT' || !entry.needs.includes(table.id)) return [];
      const from = this.#tableOf(entry);
      return from === undefined ? [] : [this.#keyOf(entry, from)];
    });
  }

  /** Whose name is in front; that of another may begin like it. */
  #tableOf({ tag, schema, needs }: DumpEntry): DumpEntry | undefined {
    return needs
      .flatMap((id) => this.#tables.get(id) ?? [])
      .filter((table) => table.schema === schema && tag.startsWith(`${table.tag} `))
      .toSorted((a, b) => b.tag.length - a.tag.length)[0];
  }

  #keyOf(entry: DumpEntry, from: DumpEntry): GoneKey {
    const [, columns = '', to = '', theirs = ''] = keyWords.exec(entry.definition) ?? [];
    const [schema = '', name = ''] = namesIn(to);
    const comments = this.#contents.filter(
      ({ kind, needs }) => kind === 'COMMENT' && needs.includes(entry.id),
    );
    return {
      name: entry.tag.slice(from.tag.length + 1),
      from: named(from.schema, from.tag),
      to: named(schema, name),
      columns: { from: namesIn(columns), to: namesIn(theirs) },
      sql: [entry, ...comments].map(({ definition }) => definition),
    };
  }
}

/** The tag of a function has its types, as SQL has them. */
function dependent({ kind, schema, tag }: DumpEntry): Dependent {
  const isCode = kind === 'FUNCTION' || kind === 'PROCEDURE';
  const quoted = `${identifier(schema)}.${isCode ? tag : identifier(tag)}`;
  return { kind, name: `${schema}.${tag}`, quoted };
}

function named(schema: string, name: string): TableName {
  return { table: wordTable(schema, name), schema, name };
}

const word = String.raw`(?:"(?:[^"]|"")*"|[^\s",.()]+)`;
const keyWords = new RegExp(
  String.raw`\bFOREIGN KEY \((${word}(?:, ${word})*)\) REFERENCES (${word}\.${word})\((${word}(?:, ${word})*)\)`,
);

function namesIn(words: string): readonly string[] {
  return [...words.matchAll(new RegExp(word, 'g'))].map(([each]) =>
    each.startsWith('"') ? each.slice(1, -1).replaceAll('""', '"') : each,
  );
}
