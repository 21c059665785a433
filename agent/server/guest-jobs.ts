import type { Job } from '../../protocol/domain/job.ts';
import { reaches } from '../../protocol/domain/role.ts';
import type { WayClear } from '../../protocol/methods/service.ts';
import { JobOrder } from '../jobs/job-order.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { type Asker, demandRole } from './door.ts';
import { demandForDestination } from './guest-paths.ts';

/** What an operator may start. */
const ofOperators: ReadonlySet<Job['kind']> = new Set(['backup', 'verify', 'drill', 'reset']);

/** Who is no admin cancels and retries what they may start. `doing`: "cancelling". */
export function demandForJob(asker: Asker, { kind }: Pick<Job, 'kind'>, doing: string): void {
  if (!ofOperators.has(kind)) demandRole(asker, 'admin', `${doing} a ${kind}`);
}

/** And not with an order that they could not have given. `orderOf`: of the job that a reset retries after it. */
export function demandForOrder(
  asker: Asker,
  order: unknown,
  orderOf: (job: number) => unknown,
): void {
  const { data } = JobOrder.safeParse(order);
  if (data?.kind === 'backup') demandForDestination(asker, data.destination);
  if (data?.kind === 'verify' && data.backup === undefined)
    demandRole(asker, 'admin', 'an archive that is not listed');
  if (data?.kind === 'reset' && data.retryJob !== undefined)
    demandForOrder(asker, orderOf(data.retryJob), orderOf);
}

/** Whether they could have given it themselves. */
export function mayOrder(asker: Asker, order: unknown): boolean {
  const known = JobOrder.safeParse(order);
  if (reaches(asker.role, 'admin')) return true;
  return known.data?.kind === 'backup' && known.data.destination.kind !== 'folder';
}

/** A reset that cancels the job at work is a cancel of that job. */
export function demandForClear(
  asker: Asker,
  clear: WayClear | undefined,
  jobs: Pick<Jobs, 'writing'>,
): void {
  const job = jobs.writing();
  if (clear?.by === 'cancel' && job !== undefined) demandForJob(asker, job, 'cancelling');
}
