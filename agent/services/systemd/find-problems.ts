import { type Failure, failureOf, KedgeError } from '../../../protocol/failures.ts';
import { askSystemd } from './ask-systemd.ts';
import { showUnits, type UnitFacts } from './unit-facts.ts';

/** What would keep a unit from being stopped and started; nothing is changed by asking. */
export async function findProblems(
  service: string,
  unit: string,
  signal: AbortSignal,
): Promise<readonly Failure[]> {
  const facts = (await showUnits([unit], signal)).get(unit);
  if (facts === undefined || facts.loadState === 'not-found')
    return [failure('service-unit-missing', service, unit)];
  const masked = facts.loadState === 'masked' ? [failure('service-masked', service, unit)] : [];
  return [...masked, ...(await findDenied(service, facts, signal))];
}

function failure(code: 'service-unit-missing' | 'service-masked', service: string, unit: string) {
  return new KedgeError(code, { service, unit }).failure;
}

/** Forgets the failure of units that have none: the only request that is allowed or not and does nothing. */
async function findDenied(
  service: string,
  { unit, activeState, triggeredBy }: UnitFacts,
  signal: AbortSignal,
): Promise<readonly Failure[]> {
  const failed = activeState === 'failed' ? [] : [unit];
  for (const name of [...failed, ...triggeredBy]) {
    try {
      await askSystemd(service, 'reset-failed', [name], signal);
    } catch (error) {
      signal.throwIfAborted();
      return [failureOf(error)];
    }
  }
  return [];
}
