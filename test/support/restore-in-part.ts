import { makePlan } from '../../agent/restore/make-plan.ts';
import type { Asked } from '../../agent/restore/modes/asked.ts';
import type { Backup } from '../../protocol/domain/backup.ts';
import type { RestorePlan } from '../../protocol/domain/restore.ts';
import type { RestoreChoices } from '../../protocol/domain/restore-safety.ts';
import { nowMs, type RestoreFixture } from './restore-fixture.ts';

/** A plan in another mode, of parts, or with choices. */
export async function planOf(
  app: RestoreFixture,
  backup: Backup,
  asked: Asked & { readonly choices?: RestoreChoices },
): Promise<RestorePlan> {
  const work = app.work();
  const order = { planId: 'plan', backup, nowMs, job: work.job, ...asked };
  return await makePlan(order, app.context, work);
}
