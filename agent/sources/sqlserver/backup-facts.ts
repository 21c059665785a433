import * as z from 'zod';

/** One native backup of the server, as it lies in the archive. */
const NativeBackup = z.object({
  /** By which a differential knows its base: BackupSetGUID. */
  guid: z.string(),
  bytes: z.number(),
  /** It is no base of the server's own differentials. */
  copyOnly: z.boolean(),
});

/** `<source>/database.json`: what the backups beside it hold. */
export const BackupFacts = z.object({
  format: z.literal(1),
  /** "16.0.4135.4", "Standard Edition (64-bit)". */
  server: z.string(),
  edition: z.string(),
  database: z.string(),
  owner: z.string().optional(),
  /** SIMPLE, FULL, BULK_LOGGED. */
  recovery: z.string(),
  /** What a restore under another name turns off: TRUSTWORTHY, SERVICE BROKER, ... */
  turnedOff: z.array(z.string()).readonly(),
  /** Logical names, as the server lists them: D rows, L log, S file streams. */
  files: z.array(z.object({ name: z.string(), type: z.string(), bytes: z.number() })).readonly(),
  full: NativeBackup,
  /** Restored after the full. */
  differential: NativeBackup.optional(),
  /** Rows by the server's own books, a moment before the backup began. */
  tables: z.array(z.object({ table: z.string(), rows: z.number() })).readonly(),
});
export type BackupFacts = z.infer<typeof BackupFacts>;

/** Names of members below the source. */
export const factsName = 'database.json';
export const fullName = 'full.bak';
export const differentialName = 'differential.bak';
