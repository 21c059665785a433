import * as z from 'zod';
import { Failure } from '../failures.ts';
import { Backup } from './backup.ts';
import { CopyResult } from './copy.ts';
import { BackupDiff } from './diff.ts';
import { DrillResult } from './drill.ts';
import { RecoverPlan } from './recover.ts';
import { ResetQuestion } from './reset.ts';
import { RestorePlan, RestoreResult } from './restore.ts';
import { SalvageResult } from './salvage.ts';
import { ResetReport, ResetStep } from './service.ts';
import { UndoPreview } from './undo-preview.ts';

export const JobKind = z.enum([
  'backup',
  'verify',
  'plan',
  'restore',
  'undo',
  /** An application comes onto a machine that had none. */
  'recover',
  'recovery',
  'reset',
  /** Of an upload: it is verified, then listed. */
  'transfer',
  'extract',
  'consolidate',
  'diff',
  'salvage',
  /** A restore into scratch that is checked and thrown away. */
  'drill',
  /** Of backups to another store or folder; a move and an import too. */
  'copy',
]);
export type JobKind = z.infer<typeof JobKind>;

/** Progress of the step at work. `bytesTotal` 0: unknown. Rate in bytes a second, eta in seconds. */
export const Progress = z.object({
  step: z.string(),
  bytesDone: z.number(),
  bytesTotal: z.number(),
  rate: z.number(),
  etaSeconds: z.number().optional(),
  /** False between guard and gate of a restore, where a cancel is refused. */
  cancellable: z.boolean(),
});
export type Progress = z.infer<typeof Progress>;

/** Bytes a second over the life of a job, one figure each `everyMs`. */
export const Throughput = z.object({
  fromMs: z.number(),
  everyMs: z.number(),
  bytesPerSecond: z.array(z.number()).readonly(),
});
export type Throughput = z.infer<typeof Throughput>;

export const VerifyResult = z.object({
  path: z.string(),
  backup: z.string().optional(),
  frames: z.number(),
  members: z.number(),
  contentBytes: z.number(),
  sha256: z.string(),
  /** No key was there: it is, byte for byte, what was verified when it was made. */
  compared: z.literal(true).optional(),
  /** Of the index, which pins all that is in it; not known of what was compared. */
  indexSha256: z.string().optional(),
  integrity: z.enum(['ok', 'damaged']),
  integrityProblem: z.string().optional(),
});
export type VerifyResult = z.infer<typeof VerifyResult>;

/** What was brought out of a backup: members, folders included, and content bytes. */
export const ExtractResult = z.object({
  folder: z.string(),
  members: z.number(),
  bytes: z.number(),
});
export type ExtractResult = z.infer<typeof ExtractResult>;

export const JobResult = z.discriminatedUnion('kind', [
  /** `note`: why a full was taken where a differential was asked for. */
  z.object({ kind: z.literal('backup'), backup: Backup, note: z.string().optional() }),
  z.object({ kind: z.literal('verify'), verify: VerifyResult }),
  z.object({ kind: z.literal('extract'), extract: ExtractResult }),
  z.object({ kind: z.literal('diff'), diff: BackupDiff }),
  z.object({ kind: z.literal('salvage'), salvage: SalvageResult }),
  z.object({ kind: z.literal('copy'), copy: CopyResult }),
  z.object({ kind: z.literal('drill'), drill: DrillResult }),
  z.object({ kind: z.literal('plan'), plan: RestorePlan }),
  z.object({ kind: z.literal('undo-preview'), preview: UndoPreview }),
  z.object({ kind: z.literal('recover-plan'), plan: RecoverPlan }),
  z.object({ kind: z.literal('restore'), restore: RestoreResult }),
  z.object({ kind: z.literal('reset'), reset: ResetReport }),
]);
export type JobResult = z.infer<typeof JobResult>;

export const JobState = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queued') }),
  z.object({ kind: z.literal('running'), progress: Progress }),
  z.object({ kind: z.literal('done'), result: JobResult }),
  z.object({ kind: z.literal('failed'), failure: Failure }),
  /** `gaveWayTo`: the job that it was ended for, in words; its own turn comes again. */
  z.object({ kind: z.literal('cancelled'), gaveWayTo: z.string().optional() }),
]);
export type JobState = z.infer<typeof JobState>;

/** Work in progress or past. `command`: the command line that does the same. Times in ms, UTC. */
export const Job = z.object({
  id: z.number(),
  kind: JobKind,
  title: z.string(),
  command: z.string(),
  origin: z.enum(['manual', 'schedule', 'kedge']),
  schedule: z.string().optional(),
  createdAtMs: z.number(),
  startedAtMs: z.number().optional(),
  finishedAtMs: z.number().optional(),
  state: JobState,
  /** Of a recovery: the job that was cut off. */
  settles: z.number().optional(),
  /** Of one that waits: 1 is the next in its turn. */
  queuePlace: z.number().optional(),
  /** Of a reset at work: each stop and start with its state. */
  resetSteps: z.array(ResetStep).readonly().optional(),
  /** Of a reset that waits for an answer. */
  resetQuestion: ResetQuestion.optional(),
});
export type Job = z.infer<typeof Job>;

export function isFinished(job: Job): boolean {
  return job.state.kind === 'done' || job.state.kind === 'failed' || job.state.kind === 'cancelled';
}
