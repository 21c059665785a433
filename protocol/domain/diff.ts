import * as z from 'zod';

/** A file as one of two backups has it. Times in ms since the epoch; `sha256` of files only. */
export const FileVersion = z.object({
  kind: z.enum(['file', 'directory', 'symlink', 'hardlink', 'fifo']),
  sizeBytes: z.number(),
  modifiedMs: z.number(),
  sha256: z.string().optional(),
});
export type FileVersion = z.infer<typeof FileVersion>;

/** What differs: the bytes or where a link leads; what it is; when it was changed; mode, owner and the like. */
export const Difference = z.enum(['content', 'kind', 'time', 'metadata']);
export type Difference = z.infer<typeof Difference>;

/** One name that the two backups do not have alike. */
export const DiffEntry = z.object({
  change: z.enum(['removed', 'changed', 'added']),
  /** `<source>/<path>`; bytes that are not UTF-8 appear as U+FFFD, and all of them in `nameB64`. */
  name: z.string(),
  nameB64: z.string().optional(),
  before: FileVersion.optional(),
  after: FileVersion.optional(),
  /** Of a changed one. */
  what: z.array(Difference).readonly().optional(),
});
export type DiffEntry = z.infer<typeof DiffEntry>;

export const MemberTotals = z.object({ members: z.number(), bytes: z.number() });
export type MemberTotals = z.infer<typeof MemberTotals>;

/** Rows of one table. `problem`: why they could not be compared. */
export const TableDiff = z.object({
  table: z.string(),
  rowsBefore: z.number(),
  rowsAfter: z.number(),
  inserted: z.number(),
  changed: z.number(),
  deleted: z.number(),
  problem: z.string().optional(),
});
export type TableDiff = z.infer<typeof TableDiff>;

export const SchemaChange = z.object({
  change: z.enum(['removed', 'changed', 'added']),
  /** `table`, `index`, `view` or `trigger`. */
  type: z.string(),
  name: z.string(),
});
export type SchemaChange = z.infer<typeof SchemaChange>;

/** The content of a database that differs. `problem`: why it could not be compared. */
export const DatabaseDiff = z.object({
  name: z.string(),
  schema: z.array(SchemaChange).readonly(),
  tables: z.array(TableDiff).readonly(),
  problem: z.string().optional(),
});
export type DatabaseDiff = z.infer<typeof DatabaseDiff>;

/** One source in both backups; absent in one: it has no members there. */
export const SourceDiff = z.object({
  source: z.string(),
  engine: z.string(),
  before: MemberTotals,
  after: MemberTotals,
  removed: MemberTotals,
  /** Bytes as they are afterwards. */
  changed: MemberTotals,
  added: MemberTotals,
  /** Some of what differs; all of it is in the list of the job. */
  examples: z.array(DiffEntry).readonly(),
  /** Where rows were asked for. */
  databases: z.array(DatabaseDiff).readonly(),
});
export type SourceDiff = z.infer<typeof SourceDiff>;

export const DiffSide = z.object({
  backup: z.string(),
  path: z.string(),
  capturedAtMs: z.number(),
});
export type DiffSide = z.infer<typeof DiffSide>;

/** What changed from one backup to another, which may be the older one. */
export const BackupDiff = z.object({
  before: DiffSide,
  after: DiffSide,
  sources: z.array(SourceDiff).readonly(),
  /** Names that differ, over all sources. */
  entries: z.number(),
  /** Databases whose content differs. */
  databases: z.number(),
  /** Whether rows were asked for. */
  rows: z.boolean(),
});
export type BackupDiff = z.infer<typeof BackupDiff>;
