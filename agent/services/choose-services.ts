import type { HealthState, Service, ServiceRole } from '../../protocol/domain/service.ts';
import { KedgeError } from '../../protocol/failures.ts';

/** What a person wants reset. */
export interface ResetChoice {
  readonly services?: readonly string[] | undefined;
  readonly role?: ServiceRole | undefined;
  readonly sick?: boolean | undefined;
  readonly kedge?: boolean | undefined;
}

/** `ids`: named services, or all; `kedge`: it restarts itself at the end. */
export interface ChosenServices {
  readonly ids: readonly string[] | 'all';
  readonly kedge: boolean;
}

const sickStates: readonly HealthState[] = ['ill', 'failed', 'flapping'];

/**
 * The services that a choice names. `leftDown`: those that the newest reset did not bring up; they are chosen
 * with the sick ones as long as they are down. Throws service-not-found and reset-nothing.
 */
export function chooseServices(
  choice: ResetChoice,
  services: readonly Service[],
  leftDown: readonly string[],
): ChosenServices {
  const { services: named, role, sick = false, kedge = false } = choice;
  for (const id of named ?? [])
    if (!services.some((service) => service.id === id))
      throw new KedgeError('service-not-found', { service: id });
  if (role === undefined && !sick && (named === undefined || (named.length === 0 && !kedge)))
    return { ids: 'all', kedge };
  const isChosen = (service: Service): boolean =>
    named?.includes(service.id) === true ||
    service.role === role ||
    (sick && isSick(service, leftDown));
  const ids = services.filter(isChosen).map(({ id }) => id);
  if (ids.length === 0 && !kedge) throw new KedgeError('reset-nothing', { why: whyNone(choice) });
  return { ids, kedge };
}

function isSick({ id, health }: Service, leftDown: readonly string[]): boolean {
  return sickStates.includes(health) || (health === 'stopped' && leftDown.includes(id));
}

function whyNone({ role }: ResetChoice): string {
  return role === undefined ? 'no service is ill' : `no service has the role "${role}"`;
}
