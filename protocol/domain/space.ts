import * as z from 'zod';

/** Something that may go, what it gives, and the command that does it. Bytes. */
export const SpaceOffer = z.object({
  kind: z.enum(['trash', 'undo', 'differentials', 'retention', 'move', 'uploads']),
  /** "12 differentials older than the newest full". */
  text: z.string(),
  bytes: z.number(),
  /** Of how many backups, uploads or undos. */
  count: z.number().optional(),
  /** What is lost by it: "nothing", "going back before Tuesday". */
  cost: z.string(),
  /** Id of the command and its arguments. */
  command: z.string(),
  args: z.record(z.string(), z.unknown()),
});
export type SpaceOffer = z.infer<typeof SpaceOffer>;

/** One file system that Kedge writes to. */
export const SpacePlace = z.object({
  /** Names of the stores on it; "state": Kedge's own records lie there too; "undo": nothing but undos does. */
  stores: z.array(z.string()).readonly(),
  path: z.string(),
  state: z.enum(['online', 'offline', 'away']),
  freeBytes: z.number().optional(),
  totalBytes: z.number().optional(),
  /** Of backups, trash and undo there. */
  backupBytes: z.number(),
  trashBytes: z.number(),
  undoBytes: z.number(),
  /** Mean of the last weeks; absent: too little is known. */
  growthBytesPerDay: z.number().optional(),
  /** "full in 23 days"; absent: not in sight, or not known. */
  fullInDays: z.number().optional(),
  offers: z.array(SpaceOffer).readonly(),
});
export type SpacePlace = z.infer<typeof SpacePlace>;

/** What is known of the free bytes of one file system, for the last weeks, and where that leads. */
export const SpaceHistory = SpacePlace.pick({
  stores: true,
  path: true,
  freeBytes: true,
  totalBytes: true,
  growthBytesPerDay: true,
  fullInDays: true,
}).extend({
  samples: z.array(z.object({ atMs: z.number(), freeBytes: z.number() })).readonly(),
});
export type SpaceHistory = z.infer<typeof SpaceHistory>;
