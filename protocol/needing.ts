import type { Service } from './domain/service.ts';

/** All that needs one of these services, by whatever way; not they themselves. */
export function needing(
  some: readonly string[],
  services: readonly Service[],
): ReadonlySet<string> {
  const reached = new Set(some);
  // One more is found in each round but the last.
  for (const _ of services)
    for (const { id, dependsOn } of services)
      if (dependsOn.some((one) => reached.has(one))) reached.add(id);
  for (const own of some) reached.delete(own);
  return reached;
}
