import * as z from 'zod';
import { Backup, BackupKind, BrowseEntry, Estimate } from '../domain/backup.ts';
import { Secrets } from '../domain/secrets.ts';
import { mutating, reading } from '../method.ts';

export const requestId = z.uuid();
export const JobStarted = z.object({ job: z.number() });

/** Where a manual backup goes: a store by name, or any folder. */
export const Destination = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('store'), store: z.string() }),
  z.object({ kind: z.literal('folder'), folder: z.string().startsWith('/') }),
]);
export type Destination = z.infer<typeof Destination>;

/** A backup by id (4 or more leading characters) or by the name of its file, or any archive by absolute path. */
export const BackupReference = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('id'), id: z.string().min(1) }),
  z.object({ kind: z.literal('path'), path: z.string().startsWith('/') }),
]);
export type BackupReference = z.infer<typeof BackupReference>;

export const backupCreate = mutating(
  'backup.create',
  'operator',
  z.object({
    requestId,
    destination: Destination.optional(),
    name: z.string().max(120).optional(),
    /** Absent: a full. A differential is taken against the newest good full; without one a full is taken. */
    kind: BackupKind.optional(),
    /** With a passphrase it is locked by that, and by nothing else. */
    secrets: Secrets.optional(),
  }),
  JobStarted,
);
export const backupEstimate = reading(
  'backup.estimate',
  'operator',
  z.object({ destination: Destination.optional() }),
  Estimate,
);
/** Newest first. */
export const backupList = reading(
  'backup.list',
  'viewer',
  z.object({
    offset: z.int().min(0),
    limit: z.int().min(1).max(1000),
    filter: z.string().max(200).optional(),
  }),
  z.object({ total: z.number(), backups: z.array(Backup).readonly() }),
);
export const backupShow = reading(
  'backup.show',
  'admin',
  z.object({ backup: BackupReference, secrets: Secrets.optional() }),
  z.object({ backup: Backup }),
);
/** One folder inside a backup; path '' is the list of sources. */
export const backupBrowse = reading(
  'backup.browse',
  'admin',
  z.object({
    backup: BackupReference,
    path: z.string(),
    secrets: Secrets.optional(),
    offset: z.int().min(0),
    limit: z.int().min(1).max(1000),
  }),
  z.object({ total: z.number(), entries: z.array(BrowseEntry).readonly() }),
);
export const backupVerify = mutating(
  'backup.verify',
  'operator',
  z.object({ requestId, backup: BackupReference, secrets: Secrets.optional() }),
  JobStarted,
);
/** Brings files and folders (`<source>/...`; none: everything) into a folder, where nothing of their name may be. */
export const backupExtract = mutating(
  'backup.extract',
  'admin',
  z.object({
    requestId,
    backup: BackupReference,
    paths: z.array(z.string().min(1)).max(1000),
    folder: z.string().startsWith('/'),
    secrets: Secrets.optional(),
  }),
  JobStarted,
);
/** Makes a full of a differential and its full; absent destination: where the differential lies. */
export const backupConsolidate = mutating(
  'backup.consolidate',
  'admin',
  z.object({
    requestId,
    backup: BackupReference,
    destination: Destination.optional(),
    name: z.string().max(120).optional(),
    /** A passphrase that opens the differential also locks what is made of it. */
    secrets: Secrets.optional(),
  }),
  JobStarted,
);
/** Neither retention nor a delete takes it until it is unpinned. */
export const backupPin = mutating(
  'backup.pin',
  'admin',
  z.object({ requestId, backup: BackupReference, reason: z.string().min(1).max(200).optional() }),
  z.object({ backup: Backup }),
);
export const backupUnpin = mutating(
  'backup.unpin',
  'admin',
  z.object({ requestId, backup: BackupReference }),
  z.object({ backup: Backup }),
);
/** Confirmed by the backup's file name. Of one in several places the file at its path; `everywhere`: all of them. */
export const backupDelete = mutating(
  'backup.delete',
  'admin',
  z.object({
    requestId,
    backup: z.string(),
    confirmation: z.string(),
    everywhere: z.boolean().optional(),
  }),
  /** `trashed`: where its file lies now, and until when; absent: it is gone for good. `stays`: paths of its copies. */
  z.object({
    deleted: z.string(),
    stays: z.array(z.string()).readonly().optional(),
    trashed: z.object({ path: z.string(), expiresAtMs: z.number() }).optional(),
  }),
);
