import { randomUUID } from 'node:crypto';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { Job, VerifyResult } from '../../protocol/domain/job.ts';
import type { RestoreResult } from '../../protocol/domain/restore.ts';
import type { Secrets } from '../../protocol/domain/secrets.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { JobOrder, type RotaPlace } from '../jobs/job-order.ts';
import { applyRetention } from './apply-retention.ts';
import { cleanAfterSafely } from './clean-after.ts';
import { configureServices } from './configure-services.ts';
import { leftOut, submitDueCopies } from './copies/submit-due-copies.ts';
import type { Daemon } from './daemon.ts';
import { noteLocked } from './describe-listed.ts';
import { doubtedBackup } from './doubted-backups.ts';
import { takeDrill, takeDrillFailure } from './drill-proofs.ts';
import { removeExpiredUndos } from './keep-house.ts';
import { knownOf } from './known-archive.ts';
import { settleRecovered } from './recover-empty.ts';
import { mayCrashAgain, submitRecoveries, submitResetResumes } from './recoveries.ts';
import { releaseLeases } from './release-leases.ts';
import { tellResumed } from './resets/tell-resumed.ts';
import { makeRoomAfter } from './retention/empty-trash.ts';
import { tellRun } from './tell-run.ts';

/** What follows when a job ends: proofs, the verify after a backup, retention, recovery, retries. */
export interface JobEnds {
  onCrash(job: Job, order: JobOrder): Promise<void>;
  onEnd(job: Job, order: JobOrder, crashed: boolean): Promise<void>;
}

export function createJobEnds(daemon: () => Daemon): JobEnds {
  return {
    onCrash: async (job, order) => await cleanAfterSafely(daemon(), job.id, order),
    async onEnd(job, order, crashed) {
      try {
        configureServices(daemon());
        // Before anything else that waits, which would find data half exchanged or services down.
        if (job.state.kind !== 'done') resumeWhatDied(daemon(), order, crashed);
        await follow(daemon(), job, order);
        tellRun(daemon(), job);
        await settleRecovered(daemon(), job, order);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        daemon().log.write('error', `after job ${job.id}: ${why}`);
      }
    },
  };
}

async function follow(daemon: Daemon, job: Job, order: JobOrder): Promise<void> {
  if (job.state.kind !== 'done') return await followFailure(daemon, job, order);
  const { result } = job.state;
  switch (result.kind) {
    case 'backup':
      pinCheckpoint(daemon, order, result.backup);
      await takeBackup(daemon, result.backup);
      break;
    case 'verify':
      await takeProof(daemon, order, result.verify);
      break;
    case 'recover-plan':
    case 'extract':
    case 'diff':
    case 'salvage':
    case 'undo-preview':
      break;
    case 'copy':
      doubtLeftOut(daemon, job);
      if (result.copy.bytes > 0) submitDueCopies(daemon);
      break;
    case 'drill':
      takeDrill(daemon, result.drill);
      break;
    case 'plan':
      daemon.state.savePlan(result.plan);
      // What stands against it may be that an earlier one is not settled: that is tried again at once.
      if (result.plan.obstacles.length > 0 && !daemon.jobs.isClosing()) submitRecoveries(daemon);
      break;
    case 'restore':
      await takeSafety(daemon, result.restore);
      await removeExpiredUndos(daemon);
      await releaseLeases(daemon);
      await publishUndos(daemon);
      break;
    case 'reset':
      tellResumed(daemon, order, result.reset);
      retry(daemon, order, result.reset.outcome === 'done');
      break;
    default:
      result satisfies never;
  }
}

/** A cancelled job that had to be killed leaves as much behind as one that crashed. */
function resumeWhatDied(daemon: Daemon, order: JobOrder, crashed: boolean): void {
  if (daemon.jobs.isClosing()) return;
  if (order.kind === 'restore' || order.kind === 'undo' || order.kind === 'recover')
    submitRecoveries(daemon);
  if (order.kind === 'recovery' && crashed && mayCrashAgain(daemon, order.journal))
    submitRecoveries(daemon);
  if (order.kind !== 'reset') return;
  const { resume } = order;
  if (resume === undefined || (crashed && mayCrashAgain(daemon, resume)))
    submitResetResumes(daemon);
}

async function followFailure(daemon: Daemon, job: Job, order: JobOrder): Promise<void> {
  await makeRoomAfter(daemon, job);
  if (order.kind === 'restore' || order.kind === 'undo') {
    await releaseLeases(daemon);
    await publishUndos(daemon);
  }
  const damaged = job.state.kind === 'failed' && job.state.failure.code === 'archive-damaged';
  if (order.kind === 'verify' && order.backup !== undefined && damaged) {
    const problem = String(job.state.kind === 'failed' ? job.state.failure.params['problem'] : '');
    const proof = { kind: 'damaged', atMs: daemon.now(), problem } as const;
    daemon.state.proofs.set(order.backup, { proof, integrity: 'pending' });
    publishBackups(daemon);
  }
  if (order.kind === 'drill') takeDrillFailure(daemon, job, order.backup.id);
  const doubted = doubtedBackup(daemon, job, order);
  if (doubted !== undefined && !daemon.jobs.isClosing()) submitVerify(daemon, doubted, 'kedge');
}

/** One of a restore that was recovered is found in its store, and verified as any other. */
async function takeSafety(daemon: Daemon, { safety, outcome }: RestoreResult): Promise<void> {
  if (safety !== undefined) await takeBackup(daemon, safety);
  else if (outcome === 'recovered') await daemon.backups.refresh();
}

/** Before it is verified: whoever has to go back may need it before that. */
function pinCheckpoint(daemon: Daemon, order: JobOrder, { id }: Backup): void {
  if (order.kind !== 'backup' || order.origin !== 'checkpoint') return;
  daemon.state.pins.add(id, { reason: `checkpoint "${order.name}"`, atMs: daemon.now() });
}

async function takeBackup(daemon: Daemon, backup: Backup): Promise<void> {
  const { sha256, integrityProblem } = backup;
  daemon.state.proofs.set(backup.id, {
    proof: backup.proof,
    integrity: backup.integrity,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(integrityProblem === undefined ? {} : { problem: integrityProblem }),
  });
  // Before anything that waits: who is told that the job is done may ask for it at once.
  daemon.backups.add(backup);
  await noteLocked(backup, daemon.state.locked);
  // At a stop the next start queues them.
  if (daemon.jobs.isClosing()) return;
  // One that was uploaded is verified already, unless its full has not come yet.
  if (isVerifiable(daemon, backup)) submitVerify(daemon, backup, 'kedge');
  for (const waiting of daemon.backups.all())
    if (waiting.base === backup.id && isVerifiable(daemon, waiting))
      submitVerify(daemon, waiting, 'kedge');
}

/** Not verified yet, and what it needs is there. */
export function isVerifiable(daemon: Daemon, { proof, presence, base }: Backup): boolean {
  if (proof.kind !== 'sealed' || presence !== 'present') return false;
  return base === undefined || daemon.backups.get(base)?.presence === 'present';
}

/** Every backup is read back after it is sealed. */
export function submitVerify(
  daemon: Daemon,
  backup: Backup,
  origin: Job['origin'],
  secrets?: Secrets,
  rota?: RotaPlace,
): Job {
  const known = knownOf(backup);
  const job = {
    kind: 'verify',
    title: `verify ${backup.id.slice(0, 8)}`,
    command: `kedge backup verify ${backup.id.slice(0, 8)}`,
    origin,
    ...(backup.schedule === undefined ? {} : { schedule: backup.schedule }),
    order: { kind: 'verify', path: backup.path, backup: backup.id, known, rota },
  } as const;
  return daemon.jobs.submit(job, { secrets });
}

async function takeProof(daemon: Daemon, order: JobOrder, verify: VerifyResult): Promise<void> {
  if (order.kind !== 'verify' || order.backup === undefined) return;
  const { integrity, integrityProblem, sha256, indexSha256 } = verify;
  daemon.state.proofs.set(order.backup, {
    proof: {
      kind: 'verified',
      atMs: daemon.now(),
      ...(indexSha256 === undefined ? {} : { indexSha256 }),
    },
    integrity,
    sha256,
    ...(integrityProblem === undefined ? {} : { problem: integrityProblem }),
  });
  publishBackups(daemon);
  await applyRetention(daemon);
  submitDueCopies(daemon);
}

/** What could not be copied may be damaged where it lies: a verify says so in the list. */
function doubtLeftOut(daemon: Daemon, job: Job): void {
  for (const id of leftOut(job)) {
    const backup = daemon.backups.get(id);
    if (backup?.presence !== 'present' || backup.proof.kind === 'damaged') continue;
    if (!daemon.jobs.isClosing()) submitVerify(daemon, backup, 'kedge');
  }
}

function retry(daemon: Daemon, order: JobOrder, healthy: boolean): void {
  if (order.kind !== 'reset' || order.retryJob === undefined || !healthy) return;
  retryJob(daemon, order.retryJob);
}

/** Queues an ended job again with the same order; what it makes gets an id of its own. */
export function retryJob(daemon: Daemon, id: number, first = false): Job {
  const record = daemon.state.jobs.get(id);
  if (record === undefined) throw new KedgeError('not-found', { what: 'job', id, list: 'job' });
  const { kind, title, command, schedule } = record.job;
  const order = JobOrder.parse(record.order);
  const again = {
    kind,
    title,
    command,
    origin: 'manual',
    ...(schedule === undefined ? {} : { schedule }),
    order: 'backupId' in order ? { ...order, backupId: randomUUID() } : order,
  } as const;
  return daemon.jobs.submit(again, { first });
}

async function publishUndos(daemon: Daemon): Promise<void> {
  daemon.broadcast.publish({ topic: 'undos', undos: await daemon.undos() });
}

function publishBackups(daemon: Daemon): void {
  daemon.broadcast.publish({ topic: 'backups', total: daemon.backups.count() });
  daemon.overview.touch();
}
