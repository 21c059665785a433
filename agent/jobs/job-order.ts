import * as z from 'zod';
import { Backup, BackupOrigin } from '../../protocol/domain/backup.ts';
import { RecoverOrder, RecoverPlan } from '../../protocol/domain/recover.ts';
import { AskedMoment, RestorePlan } from '../../protocol/domain/restore.ts';
import { RestoreMode, RestorePart } from '../../protocol/domain/restore-order.ts';
import { RestoreChoices } from '../../protocol/domain/restore-safety.ts';
import { Destination } from '../../protocol/methods/backup.ts';
import { CopyOrder, ImportOrder } from '../backup/copies/copy-order.ts';
import { KnownDowntime } from '../restore/downtime.ts';
import { SafetyOrder } from '../restore/safety-order.ts';

/**
 * Its turn came, nobody asked for it. `gives way`: to every other job, at once. `insists`: it did so too often,
 * and gives way only to what a person wants in its place.
 */
export const RotaPlace = z.enum(['gives way', 'insists']);
export type RotaPlace = z.infer<typeof RotaPlace>;

/** All that a job needs beyond the configuration: kept with its record, so that it can be started again. */
export const JobOrder = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('backup'),
    backupId: z.string(),
    origin: BackupOrigin,
    schedule: z.string().optional(),
    name: z.string().optional(),
    destination: Destination,
    /** Locked with one that came beside the order and is not kept. */
    passphrase: z.literal(true).optional(),
    /** Absent: a full. */
    differential: z
      .union([
        z.object({ base: z.object({ id: z.string(), path: z.string() }) }),
        z.object({ whyFull: z.string() }),
      ])
      .optional(),
  }),
  z.object({
    kind: z.literal('verify'),
    path: z.string(),
    backup: z.string().optional(),
    rota: RotaPlace.optional(),
    /** Of an encrypted one: what it is held against where no key opens it. */
    known: z
      .object({
        backup: z.string(),
        sha256: z.string(),
        members: z.number(),
        contentBytes: z.number(),
        integrity: z.enum(['ok', 'damaged']),
        integrityProblem: z.string().optional(),
      })
      .optional(),
  }),
  z.object({
    kind: z.literal('extract'),
    path: z.string(),
    backup: Backup,
    paths: z.array(z.string()).readonly(),
    folder: z.string(),
  }),
  z.object({
    kind: z.literal('consolidate'),
    path: z.string(),
    backup: Backup,
    /** Of the full that is made. */
    backupId: z.string(),
    destination: Destination,
    name: z.string().optional(),
  }),
  z.object({
    kind: z.literal('diff'),
    before: Backup,
    after: Backup,
    /** Whether databases that differ are compared row by row. */
    rows: z.boolean(),
  }),
  z.object({
    kind: z.literal('salvage'),
    path: z.string(),
    folder: z.string(),
    base: z.string().optional(),
    /** Where it is listed. */
    backup: z.string().optional(),
  }),
  z.object({
    kind: z.literal('transfer'),
    /** Of the upload; the store has it under this id. */
    upload: z.string(),
    store: z.string(),
    folder: z.string(),
    /** File name that it gets. */
    name: z.string(),
    /** As the client has it. */
    sha256: z.string(),
  }),
  z.object({
    kind: z.literal('plan'),
    planId: z.string(),
    backup: Backup,
    mode: RestoreMode.optional(),
    parts: z.array(RestorePart).readonly().optional(),
    choices: RestoreChoices.optional(),
    safety: SafetyOrder.optional(),
    asked: AskedMoment.optional(),
    downtime: KnownDowntime.optional(),
  }),
  z.object({
    kind: z.literal('restore'),
    plan: RestorePlan,
    confirmation: z.string(),
    consents: z.array(z.string()).readonly().optional(),
    undoId: z.string(),
    safety: SafetyOrder.optional(),
  }),
  z.object({
    kind: z.literal('drill'),
    /** Names its folder and its processes. */
    drill: z.string(),
    backup: Backup,
    probe: z.boolean(),
    /** Folder for the copy; absent: the scratch of the job. */
    scratch: z.string().optional(),
    rota: RotaPlace.optional(),
  }),
  CopyOrder,
  ImportOrder,
  z.object({ kind: z.literal('undo-preview'), undo: z.string(), backup: Backup.optional() }),
  z.object({ kind: z.literal('undo'), undo: z.string(), newUndoId: z.string() }),
  z.object({
    kind: z.literal('recovery'),
    journal: z.string(),
    /** By a person's word: without the database servers that do not answer. */
    givesUp: z.literal(true).optional(),
  }),
  z.object({
    kind: z.literal('recover-plan'),
    order: RecoverOrder,
    /** Where the configuration will be. */
    configPath: z.string(),
  }),
  z.object({
    kind: z.literal('recover'),
    plan: RecoverPlan,
    confirmation: z.string().optional(),
    undoId: z.string(),
  }),
  z.object({
    kind: z.literal('reset'),
    services: z.array(z.string()).readonly(),
    retryJob: z.number().optional(),
    /** Nobody asked for it. */
    automatic: z.literal(true).optional(),
    /** Kedge restarts itself at the end, after `services` or with none of them. */
    kedge: z.enum(['too', 'alone']).optional(),
    /** Absent: whether somebody is there to be asked is found when there is something to ask. */
    attended: z.boolean().optional(),
    /** Path of the record of a reset that died: what ran before it is started again. */
    resume: z.string().optional(),
  }),
]);
export type JobOrder = z.infer<typeof JobOrder>;

/** Undefined: somebody or something asked for it. */
export function rotaPlaceOf(order: JobOrder): RotaPlace | undefined {
  return 'rota' in order ? order.rota : undefined;
}

/** They change neither data nor services: an archive that one of them makes is of archives. */
const reading: ReadonlySet<JobOrder['kind']> = new Set([
  'verify',
  'plan',
  'recover-plan',
  'transfer',
  'extract',
  'consolidate',
  'diff',
  'salvage',
  'undo-preview',
  'drill',
  'copy',
  'import',
]);

/** Jobs of one lane run one after the other, those of different lanes beside each other. */
export type Lane = 'writing' | 'reading' | 'copying';
export const lanes: readonly Lane[] = ['writing', 'reading', 'copying'];

/** Copying to a slow drive takes hours: nobody who wants to restore waits behind it. */
export function laneOf(order: JobOrder): Lane {
  if (order.kind === 'copy' || order.kind === 'import') return 'copying';
  return isWriting(order) ? 'writing' : 'reading';
}

/** Jobs that change data or services: one at a time. */
export function isWriting(order: JobOrder): boolean {
  if (order.kind === 'restore' && order.plan.mode?.kind === 'elsewhere') return false;
  return !reading.has(order.kind);
}
