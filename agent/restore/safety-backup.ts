import type { Backup } from '../../protocol/domain/backup.ts';
import type { RestorePlan } from '../../protocol/domain/restore.ts';
import { consentsOf } from '../../protocol/domain/restore-safety.ts';
import { failureOf, KedgeError, wordFailure } from '../../protocol/failures.ts';
import type { BackupOrder } from '../backup/backup-order.ts';
import { storeFolders } from '../backup/destination.ts';
import { type TakenBackup, takeBackup } from '../backup/run-backup.ts';
import { runVerify } from '../backup/run-verify.ts';
import type { Work } from '../os/work.ts';
import { writeLease } from './lease.ts';
import type { RestoreContext } from './restore-context.ts';
import { isAnythingLive } from './safety-plan.ts';

/** The safety backup of a restore; or none, and the notes say why. */
export interface SafetyBackup {
  readonly backup?: Backup;
  readonly notes: readonly string[];
}

/** What the plan goes without needs its words, typed, each. */
export function refuseWithoutConsent(plan: RestorePlan, given: readonly string[]): void {
  for (const words of consentsOf(plan.choices)) {
    if (!given.includes(words)) throw new KedgeError('consent-missing', { words });
  }
}

/**
 * Backs up what is live, and verifies that, before a restore stops anything. What can't be captured, which may be
 * the very reason for the restore, does not stop it. `order` absent: this restore takes none.
 */
export async function takeSafetyBackup(
  plan: RestorePlan,
  order: BackupOrder | undefined,
  undo: string,
  context: RestoreContext,
  given: Work,
): Promise<SafetyBackup> {
  if (plan.safety === undefined) return { notes: [] };
  if (!(await isAnythingLive(context.config, given.signal))) {
    return { notes: ['nothing was live, so there was nothing to take a safety backup of'] };
  }
  if (plan.safety.kind === 'left out') {
    return { notes: ['no safety backup was taken, as it was agreed'] };
  }
  if (order === undefined) throw new KedgeError('safety-failed', { why: 'it has no destination' });
  await writeLease(context.stateFolder, {
    undo,
    job: given.job,
    safety: order.backupId,
    atMs: order.nowMs,
  });
  const work = inItsOwnWords(given);
  try {
    const taken = await takeWhatIsThere(order, context, work);
    if (typeof taken === 'string') return { notes: [taken] };
    return await verified(taken, context, work);
  } catch (error) {
    throw work.signal.aborted ? error : safetyFailure(error);
  }
}

function inItsOwnWords(work: Work): Work {
  return {
    ...work,
    progress: (step, done, total, cancellable) =>
      work.progress(`safety backup: ${step}`, done, total, cancellable),
  };
}

/** A text where nothing of what is live can be captured. */
async function takeWhatIsThere(
  order: BackupOrder,
  { config, services }: RestoreContext,
  work: Work,
): Promise<TakenBackup | string> {
  try {
    return await takeBackup(order, config, work, services);
  } catch (error) {
    const { code, params } = failureOf(error);
    if (code !== 'nothing-captured') throw error;
    const text = `there is no safety backup, as nothing that was live could be captured: ${params['problem']}`;
    work.log('warning', text);
    return text;
  }
}

async function verified(
  { backup, note }: TakenBackup,
  { config }: RestoreContext,
  work: Work,
): Promise<SafetyBackup> {
  // One that no key here opens was verified by that of its making.
  const proven =
    backup.proof.kind === 'verified' ? backup : await verifyOf(backup, storeFolders(config), work);
  const notes = [
    ...(note === undefined ? [] : [`safety backup: ${note}`]),
    ...proven.gaps.map(
      ({ source, path, reason }) =>
        `the safety backup is without ${path === '' ? '' : `"${path}" of `}source "${source}": ${reason}`,
    ),
    ...(proven.integrity === 'damaged'
      ? [`what was live, and is in the safety backup, is damaged: ${proven.integrityProblem ?? ''}`]
      : []),
  ];
  for (const text of notes) work.log('warning', text);
  return { backup: proven, notes };
}

async function verifyOf(backup: Backup, stores: readonly string[], work: Work): Promise<Backup> {
  const { sha256, indexSha256, integrity, integrityProblem } = await runVerify(
    backup.path,
    work,
    stores,
  );
  const proof = { kind: 'verified', atMs: Date.now() } as const;
  return {
    ...backup,
    sha256,
    proof: indexSha256 === undefined ? proof : { ...proof, indexSha256 },
    integrity,
    ...(integrityProblem === undefined ? {} : { integrityProblem }),
  };
}

function safetyFailure(error: unknown): KedgeError {
  const failure = failureOf(error);
  if (failure.code === 'no-space') {
    return new KedgeError('safety-no-space', failure.params, { cause: error });
  }
  const why = wordFailure(failure).message;
  return new KedgeError('safety-failed', { why }, { cause: error });
}
