import { basename, join } from 'node:path';
import type { ResetReport, ResetStep } from '../../protocol/domain/service.ts';
import type { Work } from '../os/work.ts';
import type { ResetControl } from '../services/reset-control.ts';
import type { ResetRecord } from '../services/reset-record.ts';
import {
  readResetRecord,
  removeResetRecord,
  saveResetRecord,
} from '../services/reset-record-file.ts';
import { type ResetOrder, resumeReset, runReset } from '../services/run-reset.ts';
import type { FromJob, JobStart } from './job-messages.ts';
import type { JobOrder } from './job-order.ts';

type ResetJob = Extract<JobOrder, { kind: 'reset' }>;

/** A reset, or the end of one that died, whose record it goes on with; on disk until all is through. */
export async function performReset(
  start: JobStart,
  order: ResetJob,
  work: Work,
  services: Omit<ResetControl, 'settings'>,
  send: (message: FromJob) => void,
): Promise<ResetReport> {
  const control = { ...services, settings: start.config.services ?? {} };
  const onStep = (steps: readonly ResetStep[]): void => send({ kind: 'reset-steps', steps });
  const job = order.resume === undefined ? start.job : Number(basename(order.resume, '.json'));
  const persist = async (record: ResetRecord): Promise<void> =>
    await saveResetRecord(start.stateFolder, job, record);
  const report =
    order.resume === undefined
      ? await runReset(whatOf(order), control, work, onStep, persist)
      : await resumeReset(readResetRecord(order.resume), control, work, onStep, persist);
  await removeResetRecord(join(start.stateFolder, 'resets', `${job}.json`));
  return report ?? { outcome: 'done', steps: [], retried: [] };
}

/** In an order no services are all. */
function whatOf({ services, kedge, automatic }: ResetJob): ResetOrder {
  const ids = services.length > 0 || kedge === 'alone' ? services : 'all';
  return { ids, automatic: automatic === true, kedge: kedge !== undefined };
}
