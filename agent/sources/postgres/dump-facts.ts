import * as z from 'zod';

const Grant = z.object({
  grantor: z.string(),
  /** Absent: PUBLIC. */
  grantee: z.string().optional(),
  privilege: z.string(),
  grantable: z.boolean(),
});
export type Grant = z.infer<typeof Grant>;

/** What belongs to a database by its number, so that no dump of what is in it has it. */
const Properties = z.object({
  owner: z.string(),
  encoding: z.string(),
  /** `c`, `i` (ICU), `b` (built in); libc where it is not given. */
  provider: z.string().optional(),
  collate: z.string(),
  ctype: z.string(),
  /** Of ICU and built in. */
  locale: z.string().optional(),
  icuRules: z.string().optional(),
  tablespace: z.string(),
  /** -1: none. */
  connectionLimit: z.number(),
  comment: z.string().optional(),
  /** Absent: what every new database has. */
  grants: z.array(Grant).readonly().optional(),
  /** `role` absent: of all. `list`: its value is a list of names. */
  settings: z
    .array(
      z.object({
        role: z.string().optional(),
        name: z.string(),
        value: z.string(),
        list: z.boolean(),
      }),
    )
    .readonly(),
});
export type Properties = z.infer<typeof Properties>;

const ColumnFacts = z.object({
  name: z.string(),
  /** "character varying(20)", with its schema where that is no type of PostgreSQL's own. */
  type: z.string(),
  /** Computed from others: in no dump. */
  generated: z.literal(true).optional(),
});
export type ColumnFacts = z.infer<typeof ColumnFacts>;

const TableFacts = z.object({
  /** "public.visit". */
  table: z.string(),
  /** Its rows, in the folder of the dump. */
  file: z.string(),
  /** Absent: an extension says which of them are dumped. */
  rows: z.number().optional(),
  /** In the order in which its rows have them. Absent: an older Kedge wrote this. */
  columns: z.array(ColumnFacts).readonly().optional(),
  /** Of a partition: the partitioned table, and which rows of it. */
  root: z.string().optional(),
  bound: z.string().optional(),
});
export type TableFacts = z.infer<typeof TableFacts>;

/** `<source>/database.json`: what the dump beside it must hold, read in the same snapshot. */
export const DumpFacts = z.object({
  format: z.literal(1),
  /** Of the server, and of the programs that dumped it: "15.18". */
  server: z.string(),
  tools: z.string(),
  database: z.string(),
  properties: Properties,
  /** That it needs: owners and those with rights. */
  roles: z.array(z.string()).readonly(),
  /** Of these roles those that own something in it. Absent: an older Kedge wrote this. */
  owners: z.array(z.string()).readonly().optional(),
  /** Owners of something in a schema in which they may make nothing by being who they are. */
  strangers: z
    .array(z.object({ owner: z.string(), schema: z.string() }))
    .readonly()
    .optional(),
  extensions: z.array(z.object({ name: z.string(), version: z.string() })).readonly(),
  tables: z.array(TableFacts).readonly(),
  /** Before 15: the schema "public" has another owner, or other rights, than in a new database. */
  ownPublic: z.literal(true).optional(),
  /** How it writes amounts of the type `money` ("de_DE.UTF-8"). Absent: it has none, or an older Kedge wrote this. */
  monetary: z.string().optional(),
  /** Why the roles of the server are not beside it. */
  withoutGlobals: z.string().optional(),
});
export type DumpFacts = z.infer<typeof DumpFacts>;

/** Names of members below the source. */
export const factsName = 'database.json';
export const globalsName = 'globals.sql';
export const dumpFolder = 'dump';
export const contentsName = `${dumpFolder}/toc.dat`;
