import * as z from 'zod';
import { Backup } from './backup.ts';
import { RestorePlan } from './restore.ts';

const path = z.string().startsWith('/');

/** Where a folder or file of the old machine is on this one; of several that fit the longest `from` counts. */
export const PathMap = z.object({ from: path, to: path });
export type PathMap = z.infer<typeof PathMap>;

/** `from` and `to`: a name or a number. A rule for users holds for the groups of the same name too. */
export const OwnerRule = z.object({
  kind: z.enum(['user', 'group']),
  from: z.string().min(1),
  to: z.string().min(1),
});
export type OwnerRule = z.infer<typeof OwnerRule>;

/** What brings an application onto a machine that knows nothing of it. */
export const RecoverOrder = z.object({
  /** Archives, and folders that hold some. */
  paths: z.array(path).min(1).readonly(),
  maps: z.array(PathMap).readonly(),
  owners: z.array(OwnerRule).readonly(),
  /** Of all others: the same name here, else the same number; or whoever Kedge runs as. */
  otherOwners: z.enum(['keep', 'me']),
  /** Folders that destinations get here, by name; they are made and marked. */
  destinations: z.array(z.object({ id: z.string(), folder: path })).readonly(),
  /** The newest at or before this moment, ms UTC. */
  atMs: z.number().optional(),
  /** What is there already is moved aside and kept as an undo. */
  replace: z.boolean(),
});
export type RecoverOrder = z.infer<typeof RecoverOrder>;

/** What this machine lacks, as far as it can be seen before. */
export const MissingThing = z.object({
  kind: z.enum(['program', 'file', 'user', 'group', 'secret', 'mount', 'tool', 'destination']),
  name: z.string(),
  why: z.string(),
});
export type MissingThing = z.infer<typeof MissingThing>;

/** Shown before anything is done. Paths absolute, bytes as restored. */
export const RecoverPlan = z.object({
  order: RecoverOrder,
  application: z.object({
    id: z.string(),
    name: z.string(),
    version: z.string().optional(),
    contact: z.string().optional(),
  }),
  /** Of the archive and, for a differential, its full. */
  backup: Backup,
  base: Backup.optional(),
  indexSha256: z.string(),
  /** Archives that were looked at and not taken. */
  skipped: z.array(z.object({ path: z.string(), why: z.string() })).readonly(),
  configPath: z.string(),
  configText: z.string(),
  sources: z
    .array(
      z.object({
        source: z.string(),
        engine: z.string(),
        from: z.array(z.string()).readonly(),
        to: z.array(z.string()).readonly(),
        /** What lies there now. */
        standing: z.enum(['absent', 'empty', 'there']),
        bytes: z.number(),
      }),
    )
    .readonly(),
  stores: z
    .array(
      z.object({
        id: z.string(),
        from: z.string(),
        to: z.string(),
        /** `new`: it is made one; `missing`: it stays offline. */
        standing: z.enum(['here', 'new', 'missing']),
      }),
    )
    .readonly(),
  /** In the order of their start. `problem`: why it is not started. */
  services: z
    .array(z.object({ id: z.string(), command: z.string(), problem: z.string().optional() }))
    .readonly(),
  /** Owners as they stand in the backup, and what becomes of them; the most frequent ones. */
  owners: z
    .array(
      z.object({
        kind: z.enum(['user', 'group']),
        from: z.string(),
        to: z.string(),
        members: z.number(),
      }),
    )
    .readonly(),
  missing: z.array(MissingThing).readonly(),
  space: RestorePlan.shape.space,
  warnings: z.array(z.string()).readonly(),
  /** Non-empty: it can't be run, and why. */
  obstacles: z.array(z.string()).readonly(),
});
export type RecoverPlan = z.infer<typeof RecoverPlan>;
