import * as z from 'zod';

const TableFacts = z.object({
  table: z.string(),
  /** In the folder of tables. */
  file: z.string(),
  kind: z.enum(['table', 'sequence']),
  /** "InnoDB". */
  engine: z.string(),
  /** Absent: of a sequence, and where they are elsewhere. */
  rows: z.number().optional(),
  /** Bytes of the longest line of its file, where that is more than any server takes at once. */
  longestLine: z.number().optional(),
});
export type TableFacts = z.infer<typeof TableFacts>;

const CodeFacts = z.object({
  kind: z.enum(['trigger', 'procedure', 'function', 'package', 'package body', 'event']),
  name: z.string(),
  /** Of a trigger. */
  table: z.string().optional(),
});
export type CodeFacts = z.infer<typeof CodeFacts>;

/** `<source>/database.json`: what the files beside it must hold. */
export const DumpFacts = z.object({
  format: z.literal(1),
  /** "MariaDB", "MySQL". */
  product: z.string(),
  /** Of the server, and of the programs that dumped it: "10.11.19". */
  server: z.string(),
  tools: z.string(),
  database: z.string(),
  charset: z.string(),
  collation: z.string(),
  comment: z.string(),
  tables: z.array(TableFacts).readonly(),
  views: z.array(z.string()).readonly(),
  code: z.array(CodeFacts).readonly(),
  /** Accounts as whom views and code run: "root@localhost". */
  definers: z.array(z.string()).readonly(),
});
export type DumpFacts = z.infer<typeof DumpFacts>;

/** Names of members below the source. */
export const factsName = 'database.json';
export const tablesFolder = 'tables';
export const viewsName = 'views.sql';
export const codeName = 'code.sql';
/** The same objects as in the two, as the server tells them: what Kedge itself makes them of. */
export const objectsName = 'objects.json';

/** What a whole dump may have: without views or code there is no file of them. */
export function dumpPaths({ tables }: Pick<DumpFacts, 'tables'>): readonly string[] {
  const files = tables.map(({ file }) => `${tablesFolder}/${file}`);
  return [factsName, objectsName, viewsName, codeName, ...files];
}
