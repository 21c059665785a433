import { z } from 'zod';
import { Backup } from './backup.ts';

/** What a restore does to one source, and what is newer there and would be lost. Counts, bytes, examples of paths. */
export const SourceChange = z.object({
  source: z.string(),
  engine: z.string(),
  /** What is live now and will be exchanged. */
  live: z.string(),
  /** Rows per table: in the backup, live, and live only by key (lost). Absent for sources without rows. */
  tables: z
    .array(z.object({ table: z.string(), backupRows: z.number(), liveRows: z.number() }))
    .readonly()
    .optional(),
  files: z
    .object({
      newer: z.number(),
      changed: z.number(),
      deleted: z.number(),
      bytesNewer: z.number(),
      examples: z.array(z.string()).readonly(),
    })
    .optional(),
  bytes: z.number(),
});
export type SourceChange = z.infer<typeof SourceChange>;

/** Shown before anything is done. Bound to `fingerprint`: a change of what it covers refuses the plan. */
export const RestorePlan = z.object({
  id: z.string(),
  createdAtMs: z.number(),
  backup: Backup,
  application: z.string(),
  applicationVersionThen: z.string().optional(),
  applicationVersionNow: z.string().optional(),
  contact: z.string().optional(),
  /** Span of work that would be lost, seconds. */
  spanSeconds: z.number(),
  changes: z.array(SourceChange).readonly(),
  services: z.array(z.object({ id: z.string(), willStop: z.boolean() })).readonly(),
  clients: z
    .array(z.object({ source: z.string(), pid: z.number(), program: z.string() }))
    .readonly(),
  space: z
    .array(z.object({ path: z.string(), neededBytes: z.number(), freeBytes: z.number() }))
    .readonly(),
  downtimeSeconds: z.number(),
  steps: z.array(z.string()).readonly(),
  warnings: z.array(z.string()).readonly(),
  /** Non-empty: the plan can't be run, and why. */
  obstacles: z.array(z.string()).readonly(),
  fingerprint: z.string(),
});
export type RestorePlan = z.infer<typeof RestorePlan>;

export const RestoreResult = z.object({
  outcome: z.enum(['restored', 'rolled back', 'undone', 'recovered', 'nothing to do']),
  backup: z.string().optional(),
  undo: z.string().optional(),
  downtimeMs: z.number(),
  notes: z.array(z.string()).readonly(),
});
export type RestoreResult = z.infer<typeof RestoreResult>;

/** What was live before a restore, kept until it expires. Paths are absolute, bytes on disk. */
export const Undo = z.object({
  id: z.string(),
  job: z.number(),
  createdAtMs: z.number(),
  expiresAtMs: z.number(),
  bytes: z.number(),
  /** The backup whose restore it takes back, with the name of its file. */
  backup: z.string().optional(),
  title: z.string(),
  state: z.enum(['ready', 'used', 'gone']),
});
export type Undo = z.infer<typeof Undo>;
