import type { Job } from '../../../protocol/domain/job.ts';
import { KedgeError } from '../../../protocol/failures.ts';
import type { WayClear } from '../../../protocol/methods/service.ts';
import type { JobOrder } from '../../jobs/job-order.ts';
import {
  type ChosenServices,
  chooseServices,
  type ResetChoice,
} from '../../services/choose-services.ts';
import type { Daemon } from '../daemon.ts';
import type { Asker } from '../door.ts';
import { clearWay } from './clear-way.ts';
import { leftDown, newestFailure } from './past-resets.ts';
import { kedgeProblems } from './show-reset-plan.ts';

export interface ResetWish extends ResetChoice {
  readonly retryFailed?: boolean | undefined;
  readonly attended?: boolean | undefined;
  readonly clear?: WayClear | undefined;
}

/** Queues a reset that a person wants. */
export function submitReset(daemon: Daemon, wish: ResetWish, asker: Asker): Job {
  const chosen = chooseServices(wish, daemon.services.services(), leftDown(daemon));
  const [problem] = chosen.kedge ? kedgeProblems() : [];
  if (problem !== undefined) throw new KedgeError(problem.failure.code, problem.failure.params);
  const retry = wish.retryFailed === true ? newestFailure(daemon, asker) : undefined;
  // Last: a wish that is refused cancels nothing.
  const first = clearWay(daemon.jobs, wish.clear);
  return daemon.jobs.submit(
    {
      kind: 'reset',
      title: titleOf(chosen),
      command: commandOf(chosen),
      origin: 'manual',
      order: orderOf(chosen, wish.attended, retry?.id),
    },
    { first },
  );
}

function orderOf(
  { ids, kedge }: ChosenServices,
  attended: boolean | undefined,
  retryJob: number | undefined,
): JobOrder {
  return {
    kind: 'reset',
    services: ids === 'all' ? [] : [...ids],
    ...(kedge ? { kedge: ids.length === 0 ? 'alone' : 'too' } : {}),
    ...(attended === undefined ? {} : { attended }),
    ...(retryJob === undefined ? {} : { retryJob }),
  };
}

function titleOf({ ids, kedge }: ChosenServices): string {
  if (ids.length === 0) return 'restart of Kedge';
  const services = ids === 'all' ? 'all services' : ids.join(', ');
  return `reset of ${services}${kedge ? ' and Kedge' : ''}`;
}

function commandOf({ ids, kedge }: ChosenServices): string {
  const services = ids === 'all' ? (kedge ? ' --all' : '') : ids.map((id) => ` ${id}`).join('');
  return `kedge service reset${services}${kedge ? ' --kedge' : ''}`;
}
