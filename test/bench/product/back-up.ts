import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Backup, BackupKind } from '../../../protocol/domain/backup.ts';
import { backupCreate } from '../../../protocol/methods/backup.ts';
import type { Session } from '../../support/kedge.ts';
import { afterVerify, type JobRun, resultOf, runJob } from './run-job.ts';
import type { RunningKedge } from './start-kedge.ts';

export interface BackupRun extends JobRun {
  readonly backup: Backup;
}

/** A backup into the store, as the command does it; the verification that follows is waited for, not timed. */
export async function backUp(
  kedge: RunningKedge,
  session: Session,
  signal: AbortSignal,
  kind: BackupKind = 'full',
): Promise<BackupRun> {
  const started = session.call(backupCreate, { requestId: randomUUID(), kind });
  const run = await runJob(kedge, session, started, signal);
  const { backup } = resultOf(run, 'backup');
  if (backup.outcome !== 'complete') {
    throw new Error(`the backup is ${backup.outcome}: ${JSON.stringify(backup.gaps.slice(0, 3))}`);
  }
  if (backup.kind !== kind)
    throw new Error(`the backup is a ${backup.kind}: ${JSON.stringify(run.job.state)}`);
  await afterVerify(session, backup.id, signal);
  return { ...run, backup };
}

/** Makes room for the next one. */
export function dropArchive({ backup }: BackupRun): void {
  rmSync(backup.path);
}
