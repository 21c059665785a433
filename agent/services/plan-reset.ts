import type { HealthState, Service } from '../../protocol/domain/service.ts';
import { KedgeError } from '../../protocol/failures.ts';
import { type Dependents, orderServices, withDependents } from './order-services.ts';

/** `stop` in reverse order of dependency, `start` forward. */
export interface ResetPlan {
  readonly stop: readonly string[];
  readonly start: readonly string[];
}

/**
 * A reset of some services, or of all. What depends on a reset service is stopped with it; started again is
 * what was active, and what was asked for by name.
 */
export function planReset(
  services: Dependents,
  ids: readonly string[] | 'all',
  active: ReadonlySet<string>,
): ResetPlan {
  const named = ids === 'all' ? [] : ids;
  for (const id of named)
    if (services[id] === undefined) throw new KedgeError('service-not-found', { service: id });
  const touched = withDependents(ids === 'all' ? Object.keys(services) : ids, services);
  const ordered = orderServices(services).filter((id) => touched.has(id));
  return {
    stop: ordered.filter((id) => active.has(id)).reverse(),
    start: ordered.filter((id) => active.has(id) || named.includes(id)),
  };
}

const inactive: readonly HealthState[] = ['stopped', 'stopping'];

/** Those that run or should: an ill, failed or hung one is wanted, one that was stopped is not. */
export function activeServices(services: readonly Service[]): ReadonlySet<string> {
  return new Set(services.filter(({ health }) => !inactive.includes(health)).map(({ id }) => id));
}
