import * as z from 'zod';
import { Backup } from './backup.ts';
import { RestoreMode, RestorePart, SourceMerge } from './restore-order.ts';
import { RestoreChoices, SafetyPlan, SpaceOffer } from './restore-safety.ts';

/**
 * Rows of one table, in the backup and live. Since the backup: `inserted` and `changed` ones are live and would be
 * lost, `deleted` ones come back; absent where they are not known. `problem`: why they could not be compared.
 */
export const TableChange = z.object({
  table: z.string(),
  backupRows: z.number(),
  liveRows: z.number(),
  inserted: z.number().optional(),
  changed: z.number().optional(),
  deleted: z.number().optional(),
  problem: z.string().optional(),
});
export type TableChange = z.infer<typeof TableChange>;

/** A file that a restore takes away, puts back or brings back. Of a deleted one size and time are the backup's. */
export const FileSample = z.object({
  path: z.string(),
  change: z.enum(['new', 'changed', 'deleted']),
  sizeBytes: z.number(),
  modifiedMs: z.number(),
});
export type FileSample = z.infer<typeof FileSample>;

/** What a restore does to one source, and what is newer there and would be lost. Counts, bytes, examples of paths. */
export const SourceChange = z.object({
  source: z.string(),
  engine: z.string(),
  /** What is live now and will be exchanged. */
  live: z.string(),
  /** Absent for sources without rows. */
  tables: z.array(TableChange).readonly().optional(),
  /** Single tables come back, single rows of them do not. */
  wholeTables: z.literal(true).optional(),
  /** It comes back as a whole or not at all, and nothing newer is kept. */
  wholeOnly: z.literal(true).optional(),
  files: z
    .object({
      newer: z.number(),
      changed: z.number(),
      deleted: z.number(),
      bytesNewer: z.number(),
      examples: z.array(z.string()).readonly(),
      /** The same with what is known of them: of each kind some, the latest first. */
      samples: z.array(FileSample).readonly().optional(),
    })
    .optional(),
  /** What comes back. */
  bytes: z.number(),
  /** What is live now, and kept by the undo. */
  liveBytes: z.number().optional(),
  /** Why what is live could not be compared, or not all of it. */
  problem: z.string().optional(),
});
export type SourceChange = z.infer<typeof SourceChange>;

/** A moment that was asked for instead of a backup: how long before it the chosen one was taken. */
export const AskedMoment = z.object({
  atMs: z.number(),
  gapSeconds: z.number(),
  /** Newer ones at or before it that are not good, the newest first, and why; some of them. */
  passedOver: z
    .array(
      z.object({ backup: z.string(), name: z.string(), capturedAtMs: z.number(), why: z.string() }),
    )
    .readonly(),
});
export type AskedMoment = z.infer<typeof AskedMoment>;

/** Where an expected downtime comes from: the last restore of this application, its last drill, or neither. */
export const DowntimeFrom = z.enum(['restore', 'drill', 'estimate']);
export type DowntimeFrom = z.infer<typeof DowntimeFrom>;

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
    .array(
      z.object({
        /** Or the service whose database server it is connected to. */
        source: z.string(),
        pid: z.number(),
        program: z.string(),
        user: z.string().optional(),
        sinceMs: z.number().optional(),
      }),
    )
    .readonly(),
  space: z
    .array(z.object({ path: z.string(), neededBytes: z.number(), freeBytes: z.number() }))
    .readonly(),
  downtimeSeconds: z.number(),
  downtimeFrom: DowntimeFrom.optional(),
  /** On disk, until the undo expires. */
  undoBytes: z.number().optional(),
  /** Absent: the backup itself was asked for. */
  asked: AskedMoment.optional(),
  /** Processes of other users that Kedge may not look into: they may have the data open. */
  clientsUnseen: z.number().optional(),
  steps: z.array(z.string()).readonly(),
  warnings: z.array(z.string()).readonly(),
  /** Non-empty: the plan can't be run, and why. */
  obstacles: z.array(z.string()).readonly(),
  fingerprint: z.string(),
  /** Absent: replace. */
  mode: RestoreMode.optional(),
  /** Absent: all of the backup. */
  parts: z.array(RestorePart).readonly().optional(),
  /** Of a merge, and of parts smaller than a source: what comes back, per source. */
  merges: z.array(SourceMerge).readonly().optional(),
  choices: RestoreChoices.optional(),
  /** Absent: this restore takes none. */
  safety: SafetyPlan.optional(),
  /** In the order in which they are to be thought of; where room is missing. */
  offers: z.array(SpaceOffer).readonly().optional(),
});
export type RestorePlan = z.infer<typeof RestorePlan>;

/** What a recovery that was given up leaves in a server that did not answer, as far as its journal tells. */
export const LeftInServer = z.object({
  /** Which database: `postgres://db.example:5432/clinic`. */
  of: z.string(),
  /** In words, names of what may be there included. */
  what: z.string(),
  /** Statements that put it right, should that server ever come back; a comment says where each belongs. */
  sql: z.array(z.string()).readonly(),
});
export type LeftInServer = z.infer<typeof LeftInServer>;

export const RestoreResult = z.object({
  /**
   * `degraded`: the data is the backup's, nothing takes that back, and not all services run; the notes name them.
   * `given up`: settled without servers that did not answer; `left` says what is there.
   */
  outcome: z.enum([
    'restored',
    'degraded',
    'unpacked',
    'rolled back',
    'undone',
    'recovered',
    'nothing to do',
    'given up',
  ]),
  backup: z.string().optional(),
  undo: z.string().optional(),
  undoExpiresAtMs: z.number().optional(),
  /** Of what was live before, as it was taken and verified. */
  safety: Backup.optional(),
  /** Into which it was unpacked. */
  folder: z.string().optional(),
  downtimeMs: z.number(),
  notes: z.array(z.string()).readonly(),
  /** Of one that was given up. */
  left: z.array(LeftInServer).readonly().optional(),
  /** Of a recovery onto an empty machine, and of one that was given up: what runs when it is through. */
  services: z
    .array(z.object({ id: z.string(), health: z.string() }))
    .readonly()
    .optional(),
});
export type RestoreResult = z.infer<typeof RestoreResult>;

/** What an undo kept in a server that Kedge could not reach, and which was forgotten. */
export const LeftBehind = z.object({
  /** There. */
  name: z.string(),
  /** What it was live for: `postgres://db.example:5432/clinic`. */
  of: z.string(),
  why: z.string(),
});
export type LeftBehind = z.infer<typeof LeftBehind>;

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
  /** It does not expire. */
  pinned: z.literal(true).optional(),
  /** Id of the safety backup that goes with it. */
  safety: z.string().optional(),
});
export type Undo = z.infer<typeof Undo>;
