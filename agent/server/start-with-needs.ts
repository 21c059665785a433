import type { HealthState } from '../../protocol/domain/service.ts';
import { orderServices } from '../services/order-services.ts';
import type { ServiceSupervisor } from '../services/supervise.ts';

const down: readonly HealthState[] = ['stopped', 'failed'];

/**
 * Starts a service, and before it what it needs as far as that is down, in order: one whose database is down would
 * only fail. Those are answered. What runs is left as it is, however it feels.
 */
export async function startWithNeeds(
  services: Pick<ServiceSupervisor, 'status' | 'start'>,
  id: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const all = await services.status(signal);
  const known = new Map(all.map((service) => [service.id, service]));
  const needed = new Set([id]);
  const order = orderServices(Object.fromEntries(known));
  for (const one of order.toReversed())
    if (needed.has(one)) for (const on of known.get(one)?.dependsOn ?? []) needed.add(on);
  const first = order.filter((one) => {
    const health = known.get(one)?.health;
    return one !== id && needed.has(one) && health !== undefined && down.includes(health);
  });
  for (const one of [...first, id]) await services.start(one, signal);
  return first;
}
