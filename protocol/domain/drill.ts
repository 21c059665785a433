import * as z from 'zod';

/** One source as a drill found it in scratch. Bytes of content. */
export const DrillSource = z.object({
  source: z.string(),
  engine: z.string(),
  /** Everything that has a name, folders included. */
  members: z.number(),
  files: z.number(),
  bytes: z.number(),
  /** Files whose content was read back and has the SHA-256 of the archive. */
  hashed: z.number(),
  /** The engine's own check; absent: it has none. */
  integrity: z.enum(['ok', 'damaged']).optional(),
  tables: z
    .array(z.object({ table: z.string(), rows: z.number() }))
    .readonly()
    .optional(),
  /** Rows of all tables. */
  rows: z.number().optional(),
  /** Worth a line, no fault of the backup: rows that refer to rows which are not there. */
  notes: z.array(z.string()).readonly(),
});
export type DrillSource = z.infer<typeof DrillSource>;

/** The application started against the scratch copy. `seconds`: until it was ready, or given up. */
export const DrillProbe = z.object({ ready: z.boolean(), seconds: z.number(), text: z.string() });
export type DrillProbe = z.infer<typeof DrillProbe>;

/** A restore into scratch that was checked and thrown away. */
export const DrillResult = z.object({
  backup: z.string(),
  path: z.string(),
  outcome: z.enum(['proven', 'failed']),
  /** All of it; and of that the unpacking. */
  seconds: z.number(),
  unpackSeconds: z.number(),
  sources: z.array(DrillSource).readonly(),
  /** Absent: none is configured, or it was left out. */
  probe: DrillProbe.optional(),
  /** Why it failed. */
  problems: z.array(z.string()).readonly(),
});
export type DrillResult = z.infer<typeof DrillResult>;
