import { randomUUID } from 'node:crypto';
import type { Backup } from '../../../protocol/domain/backup.ts';
import { consentsOf } from '../../../protocol/domain/restore-safety.ts';
import { restorePlan, restoreRun } from '../../../protocol/methods/restore.ts';
import type { Session } from '../../support/kedge.ts';
import { applicationName } from './make-home.ts';
import { resultOf, runJob } from './run-job.ts';
import type { RunningKedge } from './start-kedge.ts';

/** Over what is live, without a safety backup; the plan is not counted. */
export async function restoreBackup(
  kedge: RunningKedge,
  session: Session,
  { id }: Pick<Backup, 'id'>,
  signal: AbortSignal,
): Promise<{ readonly seconds: number; readonly downtimeMs: number }> {
  const asked = session.call(restorePlan, {
    requestId: randomUUID(),
    backup: { kind: 'id', id },
    choices: { withoutSafetyBackup: true },
  });
  const { plan } = resultOf(await runJob(kedge, session, asked, signal), 'plan');
  const started = session.call(restoreRun, {
    requestId: randomUUID(),
    plan: plan.id,
    confirmation: applicationName,
    consents: consentsOf(plan.choices),
  });
  const run = await runJob(kedge, session, started, signal);
  return { seconds: run.seconds, downtimeMs: resultOf(run, 'restore').restore.downtimeMs };
}
