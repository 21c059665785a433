import { KedgeError } from '../../protocol/failures.ts';

/** What ordering needs of a service's settings. */
export interface Dependent {
  readonly dependsOn?: readonly string[] | undefined;
}
export type Dependents = Readonly<Record<string, Dependent>>;

/** All services, each after what it depends on. Throws service-not-found and service-cycle. */
export function orderServices(services: Dependents): readonly string[] {
  const ordered: string[] = [];
  for (const id of Object.keys(services)) visit(id, services, [], ordered);
  return ordered;
}

function visit(id: string, services: Dependents, path: readonly string[], ordered: string[]): void {
  if (ordered.includes(id)) return;
  if (path.includes(id)) {
    const cycle = [...path.slice(path.indexOf(id)), id].join(' -> ');
    throw new KedgeError('service-cycle', { cycle });
  }
  const service = services[id];
  if (service === undefined) throw new KedgeError('service-not-found', { service: id });
  for (const needed of service.dependsOn ?? []) visit(needed, services, [...path, id], ordered);
  ordered.push(id);
}

/** The services themselves and all that depend on them, directly or through others. */
export function withDependents(ids: Iterable<string>, services: Dependents): ReadonlySet<string> {
  const found = new Set(ids);
  for (const id of orderServices(services)) {
    // In this order what a service needs has been decided before it.
    if (services[id]?.dependsOn?.some((needed) => found.has(needed)) === true) found.add(id);
  }
  return found;
}
