import { join } from 'node:path';
import type { JobResult } from '../../protocol/domain/job.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { acceptUpload } from '../backup/accept-upload.ts';
import type { BackupOrder } from '../backup/backup-order.ts';
import { runConsolidate } from '../backup/consolidate.ts';
import type { CopyDesk } from '../backup/copies/copy-order.ts';
import { runCopy } from '../backup/copies/run-copy.ts';
import { runImport } from '../backup/copies/run-import.ts';
import { storeFolders } from '../backup/destination.ts';
import { takeBackup } from '../backup/run-backup.ts';
import { verifyOrCompare } from '../backup/verify-or-compare.ts';
import { runDrill } from '../drill/run-drill.ts';
import { keysOf } from '../keys/keys-of.ts';
import { lockFor, type NewLock } from '../keys/lock-for.ts';
import type { Work } from '../os/work.ts';
import { runExtract } from '../restore/extract.ts';
import { makePlan } from '../restore/make-plan.ts';
import { makeRecoverPlan } from '../restore/recover-machine/make-recover-plan.ts';
import { runRecover } from '../restore/recover-machine/run-recover.ts';
import type { RestoreContext } from '../restore/restore-context.ts';
import { runRestore } from '../restore/run-restore.ts';
import { runUndo } from '../restore/run-undo.ts';
import { runSalvage } from '../restore/salvage/run-salvage.ts';
import { previewUndo } from '../restore/undo-preview.ts';
import { findUndo } from '../restore/undo-records.ts';
import type { ResetControl } from '../services/reset-control.ts';
import type { FromJob, JobStart } from './job-messages.ts';
import type { JobOrder } from './job-order.ts';
import { performDiff } from './perform-diff.ts';
import { performRecovery } from './perform-recovery.ts';
import { performReset } from './perform-reset.ts';

/** How what is written now is to be locked; a passphrase that was not kept is no reason to leave it open. */
async function lockOf(
  { config, stateFolder, secrets }: JobStart,
  byPassphrase: boolean,
): Promise<NewLock | undefined> {
  const passphrase = byPassphrase ? secrets?.passphrase : undefined;
  if (byPassphrase && passphrase === undefined) {
    const why = 'Kedge does not keep passphrases; order it anew';
    throw new KedgeError('unavailable', { what: 'this backup with a passphrase', why });
  }
  return await lockFor(config.encryption, stateFolder, passphrase);
}

/** What a backup is told beside its order. */
async function backupFacts(start: JobStart, byPassphrase: boolean) {
  const { config, configText, installation, lastRatio, stateFolder, zone } = start;
  const locked = await lockOf(start, byPassphrase);
  const closed = config.encryption?.writeOnly === true && !byPassphrase;
  return {
    ...(lastRatio === undefined ? {} : { lastRatio }),
    ...(closed ? { indexFolder: join(stateFolder, 'indexes') } : {}),
    locked,
    installation,
    configText,
    zone,
  };
}

/** Undefined where the plan goes without one. */
async function safetyOf(
  start: JobStart,
  { plan, safety }: Extract<JobOrder, { kind: 'restore' }>,
  nowMs: number,
): Promise<BackupOrder | undefined> {
  if (plan.safety?.kind !== 'taken' || safety?.kind !== 'to') return undefined;
  const facts = await backupFacts(start, false);
  return { ...safety, ...facts, origin: 'safety', nowMs };
}

/** What the daemon does for a job. */
interface DaemonServices {
  readonly services: Omit<ResetControl, 'settings'>;
  readonly copies: CopyDesk;
}

/** What each kind of job does, in its own process. */
export async function runJob(
  start: JobStart,
  given: Work,
  { services, copies }: DaemonServices,
  send: (message: FromJob) => void,
): Promise<JobResult> {
  const { order, config, stateFolder, installation } = start;
  const work: Work = { ...given, installation, keys: await keysOf(stateFolder, start.secrets) };
  const context: RestoreContext = { config, stateFolder, installation, services };
  const nowMs = Date.now();
  switch (order.kind) {
    case 'backup': {
      const known = await backupFacts(start, order.passphrase === true);
      const asked = { ...order, ...known, nowMs };
      return { kind: 'backup', ...(await takeBackup(asked, config, work, services)) };
    }
    case 'verify': {
      const stores = storeFolders(config);
      const verify = await verifyOrCompare(order.path, order.known, work, stores);
      return { kind: 'verify', verify };
    }
    case 'extract':
      return { kind: 'extract', extract: await runExtract(order, storeFolders(config), work) };
    case 'consolidate': {
      const byPassphrase = order.backup.encryption === 'passphrase';
      const asked = { ...order, locked: await lockOf(start, byPassphrase) };
      return { kind: 'backup', backup: await runConsolidate(asked, config, work) };
    }
    case 'diff':
      return { kind: 'diff', diff: await performDiff(start, order, work) };
    case 'salvage':
      return { kind: 'salvage', salvage: await runSalvage(order, storeFolders(config), work) };
    case 'transfer':
      return { kind: 'backup', ...(await acceptUpload(order, config, work)) };
    case 'copy':
      return { kind: 'copy', copy: await runCopy(order, installation, config, copies, work) };
    case 'import':
      return { kind: 'copy', copy: await runImport(order, installation, config, copies, work) };
    case 'drill':
      return { kind: 'drill', drill: await runDrill({ ...order, installation }, config, work) };
    case 'plan':
      return {
        kind: 'plan',
        plan: await makePlan({ ...order, nowMs, job: start.job }, context, work),
      };
    case 'restore':
      return {
        kind: 'restore',
        restore: await runRestore(
          { ...order, safety: await safetyOf(start, order, nowMs), nowMs },
          context,
          work,
        ),
      };
    case 'undo-preview': {
      const undo = await findUndo(stateFolder, order.undo);
      const asked = { undo, backup: order.backup, nowMs };
      return { kind: 'undo-preview', preview: await previewUndo(asked, context, work) };
    }
    case 'undo': {
      const undo = await findUndo(stateFolder, order.undo);
      const asked = { undo, newUndoId: order.newUndoId, nowMs };
      return { kind: 'restore', restore: await runUndo(asked, context, work) };
    }
    case 'recovery':
      return { kind: 'restore', restore: await performRecovery(order, context, work) };
    case 'recover-plan': {
      const plan = await makeRecoverPlan(order.order, order.configPath, context, work);
      return { kind: 'recover-plan', plan };
    }
    case 'recover':
      return { kind: 'restore', restore: await runRecover({ ...order, nowMs }, context, work) };
    case 'reset':
      return { kind: 'reset', reset: await performReset(start, order, work, services, send) };
    default:
      return order satisfies never;
  }
}
